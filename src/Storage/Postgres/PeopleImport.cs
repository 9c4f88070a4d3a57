using System.Collections.Immutable;
using LeadEngine.People;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>Adds people to the directory by themselves.</summary>
internal sealed class PeopleImport(PostgresPool pool)
{
    private const int Tries = 4;

    // Whom another transaction adds meanwhile is awaited, and then neither known nor made: who is left so is known at the next try.
    private const string Make =
        """
        with input as materialized (
            select a.*, case
                when a.email is not null then (select p.id from people p where p.account_id = $1 and p.email = a.email)
                else (
                    select p.id from people p where p.account_id = $1 and p.phone = a.phone
                    order by p.email is not null, p.id limit 1) end as known
            from unnest($3, $4, $5, $6) with ordinality as a (email, phone, details, terms, ordinal)),
        numbered as materialized (select i.*, nextval('people_id_seq') as id from input i where i.known is null),
        made as (
            insert into people (id, account_id, version, created_at, updated_at, email, phone, details, terms)
            select id, $1, 1, $2, $2, email, phone, details, terms::tsvector from numbered
            order by email collate "C", phone collate "C"
            on conflict do nothing
            returning id, email, phone)
        select ordinal, known, null::text, null::text from input where known is not null
        union all
        select null, id, email, phone from made
        """;

    public async Task<ImmutableArray<ImportedPerson>> Add(
        long accountId, ImmutableArray<NewPerson> people, DateTimeOffset now, CancellationToken cancel)
    {
        var outcomes = new ImportedPerson[people.Length];
        int[] left = [.. Enumerable.Range(0, people.Length)];
        for (var attempt = 0; left.Length > 0; attempt++)
        {
            if (attempt == Tries) throw new StoreBusyException("Others keep adding and deleting the same people.");
            await AddSome(accountId, people, left, outcomes, now, cancel);
            left = [.. left.Where(i => outcomes[i].PersonId == 0)];
        }
        return [.. outcomes];
    }

    private async Task AddSome(
        long accountId,
        ImmutableArray<NewPerson> people,
        int[] left,
        ImportedPerson[] outcomes,
        DateTimeOffset now,
        CancellationToken cancel)
    {
        PersonKey[] keys = [.. left.Select(i => new PersonKey(people[i].Email, people[i].Phone))];
        var trip = new RoundTrip();
        PeopleGate.Add(trip, accountId, keys);
        foreach (var range in SeekerRuns.Of([.. keys]))
        {
            var run = left[range];
            var byKey = run.ToDictionary(i => (people[i].Email, people[i].Email is null ? people[i].Phone : null));
            trip.Add(
                Make,
                row =>
                {
                    if (!row.IsDBNull(0)) outcomes[run[row.GetInt64(0) - 1]] = new(row.GetInt64(1), ImportOutcome.Skipped);
                    else outcomes[byKey[KeyOf(row)]] = new(row.GetInt64(1), ImportOutcome.Added);
                },
                Arguments.Number(accountId),
                Arguments.Time(now),
                Arguments.Texts([.. run.Select(i => people[i].Email)]),
                Arguments.Texts([.. run.Select(i => people[i].Phone)]),
                Arguments.Texts(JsonTexts.Of([.. run.Select(i => people[i].Details)])),
                Arguments.Texts([.. run.Select(i => TermTexts.Of(accountId, new(people[i].Email, people[i].Phone), people[i].Details))]));
        }
        await pool.Write(trip, cancel);
    }

    private static (string? Email, string? Phone) KeyOf(NpgsqlDataReader row) =>
        row.IsDBNull(2) ? (null, row.GetString(3)) : (row.GetString(2), null);
}
