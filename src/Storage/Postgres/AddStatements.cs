using System.Collections.Immutable;
using LeadEngine.Campaigns;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>New leads of the units of a batch: those of one statement.</summary>
internal sealed class AddStatements(ImmutableArray<AddStatements.Entry> adds, Dictionary<long, UnitTally> units)
{
    internal readonly record struct Entry(UnitTally Unit, int Index)
    {
        public NewLead Lead => Unit.Unit.Adds[Index];
    }

    /// <param name="trip">Where to add.</param>
    /// <param name="units">The units.</param>
    /// <param name="times">The time of the batch, and the one before which idempotency records are as good as gone.</param>
    /// <param name="isRepeat">Somebody was in the way of an earlier try.</param>
    /// <returns>Whether there may be more to tell than that there are new leads.</returns>
    public static bool Add(RoundTrip trip, ImmutableArray<UnitTally> units, (DateTimeOffset Now, DateTimeOffset Oldest) times, bool isRepeat)
    {
        ImmutableArray<Entry> all = [.. units.SelectMany(unit => Enumerable.Range(0, unit.Unit.Adds.Length).Select(i => new Entry(unit, i)))];
        var notesEvents = false;
        if (all.Length == 0) return notesEvents;
        isRepeat |= units.Length > 1 && all.DistinctBy(entry => entry.Lead.Email).Count() < all.Length;
        var byCampaign = units.ToDictionary(unit => unit.Unit.CampaignId);
        foreach (var run in SeekerRuns.Of([.. all.Select(entry => Linking.KeyOf(entry.Lead))]))
        {
            var adds = new AddStatements(all[run], byCampaign);
            var isFull = isRepeat || all[run].Any(entry => NeedsMore(entry.Lead));
            notesEvents |= isFull;
            if (isFull) trip.Add(AddSql.Full, adds.Take, [.. adds.Plain(), .. adds.More(times)]);
            else trip.Add(AddSql.Plain, adds.Take, adds.Plain());
        }
        return notesEvents;
    }

    private static bool NeedsMore(NewLead add) =>
        add.Email is null || Linking.KeyOf(add).Phone is not null || add.ReferrerId is not null || add.Points != 0 || add.ShortLink is not null
        || add.Request.Idempotency is not null || add.Profile.ExternalCreatedAt is not null || ReferralClasses.Of(add.Profile) != ReferralClass.Unverified
        || !add.Earned.IsDefaultOrEmpty || !add.Events.IsEmpty;

    private NpgsqlParameter[] Plain() =>
    [
        Arguments.Numbers(Of(add => add.Unit.Unit.CampaignId)),
        Arguments.Numbers(Of(add => add.Unit.Unit.Epoch)),
        Arguments.Texts(OfLeads(add => add.Email)),
        Arguments.Times(OfLeads(add => add.Request.ReceivedAt.UtcDateTime)),
        Arguments.Bytes(OfLeads(add => SeenRequestBytes.Of([new SeenRequest(add.Request.Id, add.Request.ReceivedAt)]))),
        Arguments.Texts(JsonTexts.Of(OfLeads(add => add.Profile))),
        Arguments.Texts(JsonTexts.Of(OfLeads(Linking.DetailsOf))),
        Arguments.Texts(TermTexts.Of(Of(add => (add.Unit.Unit.AccountId, Linking.KeyOf(add.Lead), Linking.DetailsOf(add.Lead))))),
    ];

    private NpgsqlParameter[] More((DateTimeOffset Now, DateTimeOffset Oldest) times) =>
    [
        Arguments.Texts(OfLeads(add => add.Phone)),
        Arguments.Texts(OfLeads(add => Linking.KeyOf(add).Email)),
        Arguments.Texts(OfLeads(add => Linking.KeyOf(add).Phone)),
        Arguments.Numbers(OfLeads(add => (int)add.IdentifiedBy)),
        Arguments.Times(OfLeads(add => add.Profile.ExternalCreatedAt?.UtcDateTime)),
        Arguments.Texts(OfLeads(add => add.ShortLink?.Code)),
        Arguments.Texts(OfLeads(add => add.ShortLink?.Url)),
        Arguments.Numbers(OfLeads(add => add.ReferrerId)),
        Arguments.Numbers(OfLeads(add => add.Points)),
        Arguments.Numbers(OfLeads(add => (int)ReferralClasses.Of(add.Profile))),
        Arguments.Texts(OfLeads(add => Arguments.ArrayOf(add.Earned))),
        Arguments.Texts(OfLeads(add => add.Request.Idempotency?.Key)),
        Arguments.Texts(OfLeads(add => add.Request.Idempotency?.Fingerprint)),
        .. Events(times),
    ];

    private NpgsqlParameter[] Events((DateTimeOffset Now, DateTimeOffset Oldest) times)
    {
        var notes = adds.SelectMany(add => add.Lead.Events).ToArray();
        var count = 0;
        var last = OfLeads(add => count += add.Events.Length);
        return
        [
            Arguments.Numbers([.. last.Select((end, i) => end - adds[i].Lead.Events.Length + 1)]),
            Arguments.Numbers(last),
            Arguments.Time(times.Now),
            Arguments.Time(times.Oldest),
            Arguments.Numbers([.. notes.Select(note => (int)note.Kind)]),
            Arguments.Texts([.. notes.Select(note => note.Details)]),
        ];
    }

    private T[] OfLeads<T>(Func<NewLead, T> value) => Of(add => value(add.Lead));

    private T[] Of<T>(Func<Entry, T> value)
    {
        var column = new T[adds.Length];
        for (var i = 0; i < column.Length; i++) column[i] = value(adds[i]);
        return column;
    }

    private void Take(NpgsqlDataReader row)
    {
        switch (row.GetInt32(0))
        {
            case 0:
                var (holder, at) = adds[(int)row.GetInt64(1) - 1];
                holder.Exists(at, row.GetInt64(2));
                break;
            case 1:
                var (unit, index) = adds[(int)row.GetInt64(1) - 1];
                unit.Added(index, row.GetInt64(2), row.GetInt64(3), row.IsDBNull(4) ? null : row.GetInt64(4), row.GetInt32(5) != 0);
                break;
            case 2:
                units[row.GetInt64(2)].ScoreBefore(row.GetInt64(1), LeadRow.Score(row, 6));
                break;
            default:
                units[row.GetInt64(2)].Score(row.GetInt64(1), LeadRow.Score(row, 6));
                break;
        }
    }
}
