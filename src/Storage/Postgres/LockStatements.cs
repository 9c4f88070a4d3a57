using System.Collections.Immutable;
using LeadEngine.Campaigns;

namespace LeadEngine.Storage.Postgres;

/// <summary>
/// The locks of a batch. They come as statements of their own: the statements after them see what the transactions that were awaited
/// here have committed.
/// </summary>
internal static class LockStatements
{
    // A campaign whose epoch changed while the lock was awaited is left out.
    private const string Units =
        """
        select c.id, c.status, c.live_count
        from unnest($1, $2) as u (id, epoch)
        join campaigns c on c.id = u.id and c.epoch = u.epoch
        order by c.id
        for no key update of c
        """;

    private const string Changes =
        """
        select c.id from campaigns c where c.id = any($1) order by c.id for key share
        """;

    public static void Add(RoundTrip trip, ImmutableArray<UnitTally> units, ImmutableArray<LeadChange> changes)
    {
        long[] changed = [.. changes.Select(change => change.After.CampaignId).Distinct().Order()];
        if (changed.Length > 0) trip.Add(CampaignGate.Share, _ => { }, Arguments.Numbers(changed));
        PeopleGate.Add(trip, units);
        if (units.Length > 0) LockUnits(trip, units);
        if (changed.Length > 0) trip.Add(Changes, _ => { }, Arguments.Numbers(changed));
    }

    private static void LockUnits(RoundTrip trip, ImmutableArray<UnitTally> units)
    {
        var byId = units.ToDictionary(unit => unit.Unit.CampaignId);
        trip.Add(
            Units,
            row => byId[row.GetInt64(0)].Hold((CampaignStatus)row.GetInt16(1), row.GetInt64(2)),
            Arguments.Numbers([.. units.Select(unit => unit.Unit.CampaignId)]),
            Arguments.Numbers([.. units.Select(unit => unit.Unit.Epoch)]));
    }
}
