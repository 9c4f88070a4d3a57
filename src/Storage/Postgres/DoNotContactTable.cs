using System.Collections.Immutable;
using LeadEngine.People;

namespace LeadEngine.Storage.Postgres;

/// <summary>Accounts' do-not-contact lists.</summary>
internal sealed class DoNotContactTable(PostgresPool pool)
{
    private const string AddMany =
        $"""
        with added as (
            insert into do_not_contact (account_id, kind, value, reason, created_at)
            select $1, kind, value, reason, $2 from unnest($3, $4, $5) with ordinality as a (kind, value, reason, ordinal)
            order by kind, value collate "C", ordinal
            on conflict do nothing returning kind, value, reason),
        telling as (
            {EventSql.Note}
            select $1, null, null, 8, json_build_object('kind', kind, 'value', value, 'reason', reason)::text
            from added
            where exists (
                select from subscriptions s
                where s.account_id = $1 and s.campaign_id is null and s.kinds >> 8 & 1 = 1 and s.disabled_for is null))
        select count(*) from added
        """;

    private const string FindMany =
        """
        select d.kind, d.value, d.reason
        from (select distinct * from unnest($2, $3) as e (kind, value)) a
        cross join lateral (
            select * from do_not_contact n where n.account_id = $1 and n.kind = a.kind and n.value = a.value offset 0) d
        """;

    public async Task<int> Add(long accountId, ImmutableArray<DoNotContact> entries, DateTimeOffset now, CancellationToken cancel)
    {
        var added = 0L;
        var trip = new RoundTrip();
        WebhookGate.AddShare(trip, accountId);
        trip.Add(
            AddMany,
            row => added = row.GetInt64(0),
            Arguments.Number(accountId),
            Arguments.Time(now),
            Arguments.Numbers([.. entries.Select(entry => (int)entry.Kind)]),
            Arguments.Texts([.. entries.Select(entry => entry.Value)]),
            Arguments.Texts([.. entries.Select(entry => entry.Reason)]));
        EventStatements.AddTelling(trip, now);
        await pool.Write(trip, cancel);
        return (int)added;
    }

    public async Task<ImmutableArray<DoNotContact>> Find(
        long accountId, ImmutableArray<DoNotContact> entries, CancellationToken cancel)
    {
        var found = ImmutableArray.CreateBuilder<DoNotContact>();
        var trip = new RoundTrip();
        trip.Add(
            FindMany,
            row => found.Add(new((DoNotContactKind)row.GetInt16(0), row.GetString(1), row.GetString(2))),
            Arguments.Number(accountId),
            Arguments.Numbers([.. entries.Select(entry => (int)entry.Kind)]),
            Arguments.Texts([.. entries.Select(entry => entry.Value)]));
        await pool.Read(trip, cancel);
        return found.DrainToImmutable();
    }
}
