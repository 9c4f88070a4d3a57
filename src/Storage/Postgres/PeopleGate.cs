using System.Collections.Immutable;
using LeadEngine.Campaigns;

namespace LeadEngine.Storage.Postgres;

/// <summary>
/// Keeps apart those who bring phone numbers alone and those who bring an e-mail address beside one: both may be in want of the same person,
/// who is not there yet, and no key of the table would tell. In each account the ones with addresses pass together, the others one by one.
/// </summary>
internal static class PeopleGate
{
    private static readonly string Pass =
        $"""
        select case when k.alone
            then pg_advisory_xact_lock({AdvisoryLocks.People}, k.account) else pg_advisory_xact_lock_shared({AdvisoryLocks.People}, k.account) end
        from (
            select (c.account_id % 2147483647)::int as account, bool_or(u.alone <> 0) as alone
            from unnest($1, $2) as u (id, alone) join campaigns c on c.id = u.id
            group by 1 order by 1) k
        """;

    public static void Add(RoundTrip trip, ImmutableArray<UnitTally> units)
    {
        (long Campaign, bool Alone)[] passing =
        [
            .. units
                .Select(unit => (unit.Unit.CampaignId, Keys: unit.Unit.Adds.Select(Linking.KeyOf).Where(key => key.Phone is not null)))
                .Where(unit => unit.Keys.Any())
                .Select(unit => (unit.CampaignId, unit.Keys.Any(key => key.Email is null))),
        ];
        if (passing.Length == 0) return;
        trip.Add(
            Pass,
            _ => { },
            Arguments.Numbers([.. passing.Select(unit => unit.Campaign)]),
            Arguments.Numbers([.. passing.Select(unit => unit.Alone ? 1 : 0)]));
    }
}
