using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>The changes of a batch: those of its units, then those of their own.</summary>
internal sealed class ChangeStatements
{
    private readonly record struct Entry(LeadChange Change, UnitTally? Unit, int Index)
    {
        // A unit holds the row of its own campaign only, so it has no say over the leads of another.
        public long CampaignId => Unit?.Unit.CampaignId ?? Change.After.CampaignId;

        public bool IsScored => Unit is not null && Change.IsScored;
    }

    private readonly List<Entry> _entries = [];
    private readonly Dictionary<long, UnitTally> _units;
    private readonly LeadChangeReply[] _replies;

    private ChangeStatements(ImmutableArray<UnitTally> units, ImmutableArray<LeadChange> changes, LeadChangeReply[] replies)
    {
        _replies = replies;
        _units = units.ToDictionary(unit => unit.Unit.CampaignId);
        foreach (var unit in units) Enter(unit.Unit.Changes, unit);
        Enter(changes, null);
    }

    public static void Add(
        RoundTrip trip,
        ImmutableArray<UnitTally> units,
        ImmutableArray<LeadChange> changes,
        LeadChangeReply[] replies,
        DateTimeOffset now,
        DateTimeOffset oldest)
    {
        var all = new ChangeStatements(units, changes, replies);
        if (all._entries.Count == 0) return;
        NpgsqlParameter[] common = [.. all.Rows(), .. all.Keys(now, oldest), .. all.Events()];
        if (all.IsScored) trip.Add(ChangeSql.WriteAndScore, all.Take, [.. common, .. all.Scores()]);
        else trip.Add(ChangeSql.Write, all.Take, common);
        all.AddScores(trip);
        all.FinishTasks(trip);
    }

    // What the server does not name is out of date.
    private void Enter(ImmutableArray<LeadChange> changes, UnitTally? unit)
    {
        for (var i = 0; i < changes.Length; i++)
        {
            var entry = new Entry(changes[i], unit, i);
            _entries.Add(entry);
            Answer(entry, LeadChangeReply.Refused(LeadRefusal.AskAgain));
        }
    }

    private void Answer(Entry entry, LeadChangeReply reply)
    {
        if (entry.Unit is { } unit) unit.Change(entry.Index, reply);
        else _replies[entry.Index] = reply;
    }

    private NpgsqlParameter[] Rows()
    {
        var keys = 0;
        var lastKeys = Column(entry => keys += entry.Change.Idempotency.Length);
        var events = 0;
        var lastEvents = Column(entry => events += entry.Change.Events.Length);
        return
        [
            Arguments.Numbers(Column(entry => entry.CampaignId)),
            Arguments.Numbers(Column(entry => entry.Unit?.Unit.Epoch)),
            Arguments.Numbers(Column(entry => entry.Change.After.Id)),
            Arguments.Numbers(Column(entry => entry.Change.ExpectedVersion)),
            Arguments.Numbers(Column(entry => entry.Change.After.Counter)),
            Arguments.Texts(JsonTexts.Of(Column(entry => entry.Change.After.Profile))),
            Arguments.Bytes(Column(entry => SeenRequestBytes.Of(entry.Change.Requests.Recent))),
            Arguments.Times(Column(entry => ForgottenUntil(entry.Change)?.UtcDateTime)),
            Arguments.Texts(Column(entry => entry.Change.ClaimEmail)),
            Arguments.Texts(Column(entry => entry.Change.ClaimPhone)),
            Arguments.Numbers([.. lastKeys.Select((last, i) => last - _entries[i].Change.Idempotency.Length + 1)]),
            Arguments.Numbers(lastKeys),
            Arguments.Numbers([.. lastEvents.Select((last, i) => last - _entries[i].Change.Events.Length + 1)]),
            Arguments.Numbers(lastEvents),
        ];
    }

    private NpgsqlParameter[] Keys(DateTimeOffset now, DateTimeOffset oldest)
    {
        var claims = _entries.SelectMany(entry => entry.Change.Idempotency).ToArray();
        return
        [
            Arguments.Texts([.. claims.Select(claim => claim.Key)]),
            Arguments.Texts([.. claims.Select(claim => claim.Fingerprint)]),
            Arguments.Time(now),
            Arguments.Time(oldest),
        ];
    }

    private bool IsScored => _entries.Exists(entry => entry.IsScored);

    private NpgsqlParameter[] Scores() =>
    [
        Arguments.Numbers(Column(entry => entry.IsScored ? entry.Change.Points : 0)),
        Arguments.Numbers(Column(entry => entry.Change.LeastPoints)),
        Arguments.Texts(Column(entry => entry.IsScored ? Arguments.ArrayOf(entry.Change.Earned) : null)),
        Arguments.Numbers(Column(entry => entry.IsScored ? (int?)entry.Change.CountsAs : null)),
        Arguments.Numbers(Column(entry => entry.Change.IsReview ? 1 : 0)),
    ];

    private NpgsqlParameter[] Events()
    {
        var events = _entries.SelectMany(entry => entry.Change.Events).ToArray();
        return
        [
            Arguments.Numbers([.. events.Select(note => (int)note.Kind)]),
            Arguments.Texts([.. events.Select(note => note.Details)]),
        ];
    }

    private T[] Column<T>(Func<Entry, T> value)
    {
        var column = new T[_entries.Count];
        for (var i = 0; i < column.Length; i++) column[i] = value(_entries[i]);
        return column;
    }

    private static DateTimeOffset? ForgottenUntil(LeadChange change) =>
        change.Requests.ForgottenUntil is { } until ? PostgresTime.Ceiling(until) : null;

    private void Take(NpgsqlDataReader row)
    {
        var entry = _entries[(int)row.GetInt64(0) - 1];
        Answer(entry, row.IsDBNull(1) ? LeadChangeReply.Refused(LeadRefusal.Locked) : LeadChangeReply.Applied(Stored(entry.Change, row)));
    }

    private static StoredLead Stored(LeadChange change, NpgsqlDataReader row) => new()
    {
        Version = row.GetInt64(1),
        Requests = change.Requests with { ForgottenUntil = ForgottenUntil(change) },
        Lead = change.After with
        {
            Rank = row.GetInt64(2),
            CreatedAt = row.GetFieldValue<DateTimeOffset>(3),
            Email = row.IsDBNull(4) ? null : row.GetString(4),
            Phone = row.IsDBNull(5) ? null : row.GetString(5),
            ParentId = row.IsDBNull(6) ? null : row.GetInt64(6),
        },
    };

    private void AddScores(RoundTrip trip)
    {
        var scored = _entries.FindAll(entry => entry.IsScored);
        if (scored.Count == 0) return;
        trip.Add(
            ScoreSql.Read,
            row => _units[row.GetInt64(0)].Score(row.GetInt64(1), LeadRow.Score(row, 2)),
            Arguments.Numbers([.. scored.Select(entry => entry.CampaignId)]),
            Arguments.Numbers([.. scored.Select(entry => entry.Change.After.Id)]),
            Arguments.Numbers([.. scored.Select(entry => entry.Change.CountsAs is null ? 0 : 1)]));
    }

    private void FinishTasks(RoundTrip trip)
    {
        var tasks = _entries.SelectMany(entry => entry.Change.Tasks.Select(id => (Id: id, entry.Change))).ToArray();
        if (tasks.Length == 0) return;
        trip.Add(
            TaskTable.Finish,
            Arguments.Numbers([.. tasks.Select(task => task.Id)]),
            Arguments.Numbers([.. tasks.Select(task => task.Change.After.Id)]),
            Arguments.Numbers([.. tasks.Select(task => task.Change.ExpectedVersion + 1)]),
            Arguments.Bytes([.. tasks.Select(task => SeenRequestBytes.Of(task.Change.Requests.Recent))]));
    }
}
