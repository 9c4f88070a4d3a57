using LeadEngine.People;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>
/// Keeps the search index fit. People are written with their terms; whom SQL changed by itself gets them here. And what was written last
/// lies in a list that every search reads through: it is emptied when it is long, and when nobody writes.
/// </summary>
/// <remarks>
/// Hosts may do it side by side: terms are written only for the version that was read, and of those who empty the list one finds something.
/// </remarks>
internal sealed class PeopleIndex(PostgresPool pool)
{
    private const int Batch = 5_000;

    // A search reads through a list of so many in some 10 ms.
    private const long LongList = 50_000;

    private int _working;
    private long? _tidied;
    private long _written;

    // The server's statistics, some seconds behind at worst.
    private const string ReadWritten =
        "select pg_stat_get_tuples_inserted('people'::regclass) + pg_stat_get_tuples_updated('people'::regclass)";

    private const string ReadChanged =
        $"""
        select c.id, {PersonRow.Columns}
        from changed_people c left join lateral (select * from people q where q.id = c.person_id offset 0) p on true
        order by c.id limit $1
        """;

    private const string ForgetChanges = "delete from changed_people where id = any($1)";

    private const string WriteTerms =
        """
        with input as materialized (
            select p.id, a.version, a.terms::tsvector as terms from unnest($1, $2, $3) as a (id, version, terms)
            cross join lateral (select q.id from people q where q.id = a.id and q.version = a.version offset 0) p
            order by p.id)
        update people p set terms = i.terms from input i where p.id = i.id and p.version = i.version and p.terms is distinct from i.terms
        """;

    private const string Tidy = $"select gin_clean_pending_list('{SearchSchema.Index}')";

    private readonly record struct Change(long Id, Person? Person);

    /// <returns>How many got their terms; 0 also while the same host is at it already.</returns>
    public async Task<int> Follow(CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref _working, 1) != 0) return 0;
        try
        {
            return await Work(cancel);
        }
        finally
        {
            Volatile.Write(ref _working, 0);
        }
    }

    private async Task<int> Work(CancellationToken cancel)
    {
        var before = _written;
        List<Change> changes = [];
        var trip = new RoundTrip();
        trip.Add(ReadWritten, row => _written = row.GetInt64(0));
        trip.Add(ReadChanged, row => changes.Add(ReadChange(row)), Arguments.Number(Batch));
        await pool.Read(trip, cancel);
        if (changes.Count > 0) await Write(changes, cancel);
        var isQuiet = _written == before;
        if (_written != _tidied && (isQuiet || _tidied is not { } tidied || Math.Abs(_written - tidied) >= LongList))
        {
            await pool.Read(Tidy, row => row.GetInt64(0), cancel);
            _tidied = _written;
        }
        return changes.Count;
    }

    private Task Write(List<Change> changes, CancellationToken cancel)
    {
        Person[] people = [.. changes.Select(change => change.Person).OfType<Person>().DistinctBy(person => person.Id)];
        var trip = new RoundTrip();
        trip.Add(ForgetChanges, Arguments.Numbers([.. changes.Select(change => change.Id)]));
        trip.Add(
            WriteTerms,
            Arguments.Numbers([.. people.Select(person => person.Id)]),
            Arguments.Numbers([.. people.Select(person => person.Version)]),
            Arguments.Texts([.. people.Select(TermTexts.Of)]));
        return pool.Write(trip, cancel);
    }

    private static Change ReadChange(NpgsqlDataReader row) => new(row.GetInt64(0), row.IsDBNull(1) ? null : PersonRow.Person(row, 1));
}
