using LeadEngine.People;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>
/// Takes people into the search index: those who are new, in the order of their ids, and those who were changed by leads.
/// </summary>
/// <remarks>
/// An id is drawn before its row is committed, so ids come to light out of order. A transaction has its own number before it draws an id: all
/// ids up to the last one drawn at some moment are settled once the transactions whose numbers were given by then are over. To know those, a
/// number is taken after the last id was read. (The upper bound of a snapshot will not do: it is the number after the last one that is over,
/// and leaves out those under way.) One host does it at a time; should two do it, each does what is right, since it never goes back and asks
/// for the version that it has read.
/// </remarks>
internal sealed class PeopleIndex(PostgresPool pool)
{
    private const int Batch = 5_000;

    private readonly Guid _host = Guid.NewGuid();
    private int _working;
    private long _settled;
    private (long Id, long Number)? _drawn;

    private const string ReadState =
        """
        select pg_snapshot_xmin(pg_current_snapshot())::text::bigint, (select indexed_to from people_index), exists (select from changed_people)
        """;

    private const string ReadLastId = "select last_value from people_id_seq where is_called and last_value > $1";

    private const string TakeNumber =
        "select pg_current_xact_id()::text::bigint where exists (select from people_id_seq where is_called and last_value > $1)";

    // A host that does not come back is waited for that long.
    private const string TakeTurn =
        """
        update people_index set host = $1, host_until = clock_timestamp() + interval '2 seconds'
        where host is null or host = $1 or host_until < clock_timestamp()
        returning indexed_to
        """;

    private const string ReadNew =
        $"""
        select {PersonRow.Columns} from people p
        where p.id > (select indexed_to from people_index where host = $1) and p.id <= $2 order by p.id limit $3
        """;

    private const string ReadChanged =
        $"""
        select c.id, c.account_id, c.person_id, {PersonRow.Columns}
        from changed_people c left join lateral (select * from people q where q.id = c.person_id offset 0) p on true
        where exists (select from people_index where host = $1)
        order by c.id limit $2
        """;

    private const string WriteTerms =
        """
        insert into person_terms (account_id, person_id, terms)
        select p.account_id, p.id, a.terms::tsvector
        from unnest($1, $2, $3) as a (id, version, terms)
        cross join lateral (select q.account_id, q.id from people q where q.id = a.id and q.version = a.version offset 0) p
        order by p.account_id, p.id
        on conflict (account_id, person_id) do update set terms = excluded.terms
        """;

    private const string ForgetGone =
        """
        with gone as materialized (
            select a.* from unnest($1, $2) as a (account_id, person_id)
            where (select p.id from people p where p.id = a.person_id) is null)
        delete from person_terms t using gone g where t.account_id = g.account_id and t.person_id = g.person_id
        """;

    private const string ForgetChanges = "delete from changed_people where id = any($1)";

    private const string GoOn = "update people_index set indexed_to = greatest(indexed_to, $2), host = null where host = $1";

    // What was written last lies in a list that every search reads through.
    private const string Tidy = "select gin_clean_pending_list('person_terms_by_term')";

    private readonly record struct Change(long Id, long AccountId, long PersonId, Person? Person);

    /// <returns>How many were taken; 0 also while somebody else does it.</returns>
    public async Task<int> Follow(CancellationToken cancel)
    {
        if (Interlocked.Exchange(ref _working, 1) != 0) return 0;
        try
        {
            return await LookForWork(cancel) ? await Work(cancel) : 0;
        }
        finally
        {
            Volatile.Write(ref _working, 0);
        }
    }

    private async Task<bool> LookForWork(CancellationToken cancel)
    {
        long running = 0, indexedTo = 0, lastId = 0, number = 0;
        var changed = false;
        var trip = new RoundTrip();
        trip.Add(ReadState, row => (running, indexedTo, changed) = (row.GetInt64(0), row.GetInt64(1), row.GetBoolean(2)));
        trip.Add(ReadLastId, row => lastId = row.GetInt64(0), Arguments.Number(_settled));
        trip.Add(TakeNumber, row => number = row.GetInt64(0), Arguments.Number(_settled));
        await pool.Read(trip, cancel);
        if (_drawn is { } drawn && running > drawn.Number) (_settled, _drawn) = (drawn.Id, null);
        if (lastId > _settled) _drawn ??= (lastId, number);
        return changed || _settled > indexedTo;
    }

    private async Task<int> Work(CancellationToken cancel)
    {
        long? indexedTo = null;
        List<Person> added = [];
        List<Change> changes = [];
        var trip = new RoundTrip();
        trip.Add(TakeTurn, row => indexedTo = row.GetInt64(0), Arguments.Id(_host));
        trip.Add(
            ReadNew, row => added.Add(PersonRow.Person(row)), Arguments.Id(_host), Arguments.Number(_settled), Arguments.Number(Batch));
        trip.Add(ReadChanged, row => changes.Add(ReadChange(row)), Arguments.Id(_host), Arguments.Number(Batch));
        await pool.Write(trip, cancel);
        if (indexedTo is null) return 0;

        Person[] people = [.. added.Concat(changes.Select(change => change.Person).OfType<Person>()).DistinctBy(person => person.Id)];
        var gone = changes.Where(change => change.Person is null).ToArray();
        await Write(people, gone, changes, added.Count == Batch ? added[^1].Id : _settled, cancel);
        return added.Count + changes.Count;
    }

    private Task Write(Person[] people, Change[] gone, List<Change> changes, long indexedTo, CancellationToken cancel)
    {
        var trip = new RoundTrip();
        if (people.Length > 0)
        {
            trip.Add(
                WriteTerms,
                Arguments.Numbers([.. people.Select(person => person.Id)]),
                Arguments.Numbers([.. people.Select(person => person.Version)]),
                Arguments.Texts([.. people.Select(TermTexts.Of)]));
        }
        if (gone.Length > 0)
        {
            trip.Add(
                ForgetGone,
                Arguments.Numbers([.. gone.Select(change => change.AccountId)]),
                Arguments.Numbers([.. gone.Select(change => change.PersonId)]));
        }
        if (changes.Count > 0) trip.Add(ForgetChanges, Arguments.Numbers([.. changes.Select(change => change.Id)]));
        trip.Add(GoOn, Arguments.Id(_host), Arguments.Number(indexedTo));
        trip.Add(Tidy, _ => { });
        return pool.Write(trip, cancel);
    }

    private static Change ReadChange(NpgsqlDataReader row) =>
        new(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2), row.IsDBNull(3) ? null : PersonRow.Person(row, 3));
}
