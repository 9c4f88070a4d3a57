using System.Collections.Immutable;

namespace LeadEngine.Storage.Postgres;

/// <summary>The removals of all units of a batch.</summary>
internal static class RemovalStatements
{
    public static void Add(RoundTrip trip, ImmutableArray<UnitTally> units)
    {
        (UnitTally Unit, int Index)[] all =
            [.. units.SelectMany(unit => Enumerable.Range(0, unit.Unit.Removals.Length).Select(i => (unit, i)))];
        if (all.Length == 0) return;
        var byCampaign = units.ToDictionary(unit => unit.Unit.CampaignId);
        trip.Add(
            RemovalSql.Remove,
            row =>
            {
                switch (row.GetInt32(0))
                {
                    case 0:
                        var (unit, index) = all[row.GetInt64(1) - 1];
                        unit.Stays(index);
                        break;
                    case 1:
                        byCampaign[row.GetInt64(2)].Gone(row.GetInt64(1));
                        break;
                    default:
                        byCampaign[row.GetInt64(2)].Score(row.GetInt64(1), LeadRow.Score(row, 3));
                        break;
                }
            },
            Arguments.Numbers([.. all.Select(removal => removal.Unit.Unit.CampaignId)]),
            Arguments.Numbers([.. all.Select(removal => removal.Unit.Unit.Epoch)]),
            Arguments.Numbers([.. all.Select(removal => removal.Unit.Unit.Removals[removal.Index].LeadId)]),
            Arguments.Numbers([.. all.Select(removal => removal.Unit.Unit.Removals[removal.Index].LeaveMember ? 1 : 0)]));
    }
}
