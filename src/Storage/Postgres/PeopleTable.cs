using System.Collections.Immutable;
using LeadEngine.People;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>People as they are read, written and deleted by themselves.</summary>
/// <remarks>
/// Plans are made before there are statistics. "offset 0" keeps a look by key what it is: else it might become a join that begins with all
/// people of the account.
/// </remarks>
internal sealed class PeopleTable(PostgresPool pool)
{
    private const string ReadMany =
        $"""
        select {PersonRow.Columns} from (select distinct unnest($2::bigint[]) as id) a
        cross join lateral (select * from people q where q.id = a.id and q.account_id = $1 offset 0) p
        """;

    // The phone number of a person without an e-mail address is who it is.
    private const string WriteMany =
        """
        with input as materialized (
            select a.* from unnest($3, $4, $5, $6, $7) as a (id, version, phone, details, terms)
            cross join lateral (select from people q where q.id = a.id and q.account_id = $1 offset 0) p),
        written as (
            update people p
            set version = p.version + 1, updated_at = $2, details = a.details, terms = a.terms::tsvector,
                phone = case when p.email is null then p.phone else a.phone end
            from input a
            where p.id = a.id and p.version = a.version
            returning p.id)
        select id from written
        """;

    private const string ReadMemberships =
        """
        select p.id, l.id, l.campaign_id
        from (select distinct unnest($2::bigint[]) as id) a
        cross join lateral (select q.id from people q where q.id = a.id and q.account_id = $1 offset 0) p
        cross join lateral (select k.id, k.campaign_id from leads k where k.person_id = p.id offset 0) l
        """;

    // Whoever links a lead to one of them holds its row for key share: it is awaited here, and seen by the next statement.
    private const string LockMany = "select id from people where account_id = $1 and id = any($2) order by id for update";

    private const string DeleteMany =
        """
        delete from people p
        where p.account_id = $1 and p.id = any($2) and not exists (select from leads l where l.person_id = p.id)
        """;

    private const string ReadGone =
        """
        select a.id from (select distinct unnest($2::bigint[]) as id) a
        where not exists (select from people p where p.id = a.id and p.account_id = $1)
        """;

    /// <summary>Those of the people that there are, in the order of their ids.</summary>
    public async Task<ImmutableArray<Person>> Read(long accountId, long[] personIds, CancellationToken cancel)
    {
        if (personIds.Length == 0) return [];
        var people = new List<Person>(personIds.Length);
        var trip = new RoundTrip();
        trip.Add(ReadMany, row => people.Add(PersonRow.Person(row)), Arguments.Number(accountId), Arguments.Numbers(personIds));
        await pool.Read(trip, cancel);
        return [.. people.OrderBy(person => person.Id)];
    }

    public async Task<ImmutableArray<long>> Write(
        long accountId, ImmutableArray<Person> people, DateTimeOffset now, CancellationToken cancel)
    {
        if (people.IsEmpty) return [];
        var written = ImmutableArray.CreateBuilder<long>();
        var trip = new RoundTrip();
        trip.Add(WriteMany, row => written.Add(row.GetInt64(0)), Rows(accountId, [.. people.OrderBy(person => person.Id)], now));
        await pool.Write(trip, cancel);
        return written.DrainToImmutable();
    }

    public async Task<ImmutableArray<Membership>> Memberships(
        long accountId, ImmutableArray<long> personIds, CancellationToken cancel)
    {
        var memberships = ImmutableArray.CreateBuilder<Membership>();
        var trip = new RoundTrip();
        trip.Add(
            ReadMemberships,
            row => memberships.Add(new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2))),
            Arguments.Number(accountId),
            Arguments.Numbers([.. personIds]));
        await pool.Read(trip, cancel);
        return memberships.DrainToImmutable();
    }

    public async Task<ImmutableArray<long>> Delete(long accountId, ImmutableArray<long> personIds, CancellationToken cancel)
    {
        var gone = ImmutableArray.CreateBuilder<long>();
        var trip = new RoundTrip();
        trip.Add(LockMany, _ => { }, Who());
        trip.Add(DeleteMany, Who());
        trip.Add(ReadGone, row => gone.Add(row.GetInt64(0)), Who());
        await pool.Write(trip, cancel);
        return gone.DrainToImmutable();

        NpgsqlParameter[] Who() => [Arguments.Number(accountId), Arguments.Numbers([.. personIds])];
    }

    private static NpgsqlParameter[] Rows(long accountId, Person[] people, DateTimeOffset now) =>
    [
        Arguments.Number(accountId),
        Arguments.Time(now),
        Arguments.Numbers([.. people.Select(person => person.Id)]),
        Arguments.Numbers([.. people.Select(person => person.Version)]),
        Arguments.Texts([.. people.Select(person => person.Phone)]),
        Arguments.Texts(JsonTexts.Of([.. people.Select(person => person.Details)])),
        Arguments.Texts([.. people.Select(person => TermTexts.Of(accountId, new(person.Email, person.Phone), person.Details))]),
    ];
}
