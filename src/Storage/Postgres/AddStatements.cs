using System.Collections.Immutable;
using LeadEngine.Campaigns;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>The new leads of all units of a batch.</summary>
internal sealed class AddStatements
{
    private readonly List<(UnitTally Unit, int Index)> _adds = [];
    private readonly Dictionary<long, UnitTally> _units;

    private AddStatements(ImmutableArray<UnitTally> units)
    {
        _units = units.ToDictionary(unit => unit.Unit.CampaignId);
        foreach (var unit in units)
        {
            for (var i = 0; i < unit.Unit.Adds.Length; i++) _adds.Add((unit, i));
        }
    }

    public static void Add(RoundTrip trip, ImmutableArray<UnitTally> units, DateTimeOffset now, DateTimeOffset oldest)
    {
        var adds = new AddStatements(units);
        if (adds._adds.Count == 0) return;
        var isPlain = !units.Any(unit => unit.Unit.Adds.Any(NeedsMore));
        if (isPlain) trip.Add(AddSql.Plain, adds.Take, adds.Plain());
        else trip.Add(AddSql.Full, adds.Take, [.. adds.Plain(), .. adds.More(now, oldest)]);
    }

    private static bool NeedsMore(NewLead add) => add.ReferrerId is not null || add.Points != 0 || add.Request.Idempotency is not null;

    private NpgsqlParameter[] Plain() =>
    [
        Arguments.Numbers(OfUnits(unit => unit.CampaignId)),
        Arguments.Numbers(OfUnits(unit => unit.Epoch)),
        Arguments.Texts(OfLeads(add => add.Email)),
        Arguments.Texts(OfLeads(add => add.Phone)),
        Arguments.Times(OfLeads(add => add.Request.ReceivedAt.UtcDateTime)),
        Arguments.Bytes(OfLeads(add => SeenRequestBytes.Of([new SeenRequest(add.Request.Id, add.Request.ReceivedAt)]))),
        Arguments.Texts(ProfileTexts.Of(OfLeads(add => add.Profile))),
    ];

    private NpgsqlParameter[] More(DateTimeOffset now, DateTimeOffset oldest) =>
    [
        Arguments.Numbers(OfLeads(add => add.ReferrerId)),
        Arguments.Numbers(OfLeads(add => add.Points)),
        Arguments.Numbers(OfUnits(unit => unit.ReferralPoints)),
        Arguments.Texts(OfLeads(add => add.Request.Idempotency?.Key)),
        Arguments.Texts(OfLeads(add => add.Request.Idempotency?.Fingerprint)),
        Arguments.Time(now),
        Arguments.Time(oldest),
    ];

    private T[] OfLeads<T>(Func<NewLead, T> value)
    {
        var column = new T[_adds.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(_adds[i].Unit.Unit.Adds[_adds[i].Index]);
        return column;
    }

    private T[] OfUnits<T>(Func<CampaignUnit, T> value)
    {
        var column = new T[_adds.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(_adds[i].Unit.Unit);
        return column;
    }

    private void Take(NpgsqlDataReader row)
    {
        switch (row.GetInt32(0))
        {
            case 0:
                var (holder, at) = _adds[(int)row.GetInt64(1) - 1];
                holder.Exists(at, row.GetInt64(2));
                break;
            case 1:
                var (unit, index) = _adds[(int)row.GetInt64(1) - 1];
                unit.Added(index, row.GetInt64(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetInt64(4));
                break;
            case 2:
                _units[row.GetInt64(2)].ScoreBefore(row.GetInt64(1), Score(row));
                break;
            default:
                _units[row.GetInt64(2)].Score(row.GetInt64(1), Score(row));
                break;
        }
    }

    private static LeadScore Score(NpgsqlDataReader row) => new()
    {
        Points = (int)row.GetInt64(3),
        DirectReferrals = (int)row.GetInt64(4),
        IndirectReferrals = (int)row.GetInt64(5),
    };
}
