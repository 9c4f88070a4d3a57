using System.Collections.Immutable;
using LeadEngine.People;

namespace LeadEngine.Storage.Postgres;

/// <summary>Accounts' do-not-contact lists.</summary>
internal sealed class DoNotContactTable(PostgresPool pool)
{
    private const string AddMany =
        """
        with added as (
            insert into do_not_contact (account_id, kind, value, reason, created_at)
            select $1, kind, value, reason, $2 from unnest($3, $4, $5) with ordinality as a (kind, value, reason, ordinal)
            order by kind, value collate "C", ordinal
            on conflict do nothing returning 1)
        select count(*) from added
        """;

    private const string FindMany =
        """
        select d.kind, d.value, d.reason
        from (select distinct * from unnest($2, $3) as e (kind, value)) a
        cross join lateral (
            select * from do_not_contact n where n.account_id = $1 and n.kind = a.kind and n.value = a.value offset 0) d
        """;

    public async Task<int> Add(long accountId, ImmutableArray<DoNotContact> entries, DateTimeOffset now, CancellationToken cancel) =>
        (int)await pool.Write(
            AddMany,
            row => row.GetInt64(0),
            cancel,
            Arguments.Number(accountId),
            Arguments.Time(now),
            Arguments.Numbers([.. entries.Select(entry => (int)entry.Kind)]),
            Arguments.Texts([.. entries.Select(entry => entry.Value)]),
            Arguments.Texts([.. entries.Select(entry => entry.Reason)]));

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
