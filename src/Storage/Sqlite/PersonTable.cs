using System.Buffers;
using System.Text.Json;
using LeadEngine.People;

namespace LeadEngine.Storage.Sqlite;

internal sealed class PersonTable(SqliteSession session)
{
    private const string Columns = "id, account_id, version, email, phone, created_at, updated_at, details";

    /// <summary>The columns of a row named <c>p</c>, as <see cref="Person"/> reads them.</summary>
    public const string ColumnsOfP = "p.id, p.account_id, p.version, p.email, p.phone, p.created_at, p.updated_at, p.details";

    // The leads' index finds nearly everybody.
    private readonly SqliteStatement _byEmail = session.Statement(
        """
        select person_id from leads where account_id = ?1 and email = ?2
        union all
        select id from people where account_id = ?1 and email = ?2 and has_own_key = 1
        limit 1
        """);

    private readonly SqliteStatement _byPhoneAlone = session.Statement(
        "select id from people where account_id = ? and phone = ? and email is null");

    private readonly SqliteStatement _oldestByPhone = session.Statement(
        "select id from people where account_id = ? and phone = ? and email is not null order by id limit 1");

    private readonly SqliteStatement _insert = session.Statement(
        """
        insert into people (id, account_id, version, email, phone, created_at, updated_at, details, has_own_key)
        values (?1, ?2, 1, ?3, ?4, ?5, ?5, ?6, ?7)
        """);

    private readonly SqliteStatement _keepKey = session.Statement(
        "update people set has_own_key = 1 where id = ? and email is not null");

    private readonly SqliteStatement _version = session.Statement("select version from people where id = ?");
    private readonly SqliteStatement _read = session.Statement($"select {Columns} from people where id = ?");

    private readonly SqliteStatement _gainEmail = session.Statement(
        "update people set version = version + 1, email = ?, updated_at = ?, has_own_key = 1 where id = ?");

    // Indexes are rewritten whenever a statement names their columns, so most writes must not name the phone number.
    private readonly SqliteStatement _update = session.Statement(
        "update people set version = version + 1, updated_at = ?, details = ? where id = ? and version = ?");

    private readonly SqliteStatement _setPhone = session.Statement("update people set phone = ? where id = ?");

    private readonly SqliteStatement _delete = session.Statement(
        "delete from people where id = ? and not exists (select 1 from leads where person_id = people.id)");

    private readonly SqliteStatement _after = session.Statement(
        $"select {Columns} from people where account_id = ? and id > ? order by id limit ?");

    private readonly SqliteStatement _before = session.Statement(
        $"select {Columns} from people where account_id = ? and id < ? order by id desc limit ?");

    private readonly SqliteStatement _next = session.Statement($"select {Columns} from people where id > ? order by id limit ?");

    private readonly ArrayBufferWriter<byte> _details = new(256);
    private Utf8JsonWriter? _detailsWriter;

    public long? FindByEmail(long accountId, string email) => Find(_byEmail, accountId, email);

    /// <summary>Who has the phone number and no e-mail address.</summary>
    public long? FindByPhoneAlone(long accountId, string phone) => Find(_byPhoneAlone, accountId, phone);

    /// <summary>The lowest id of those who have the phone number and an e-mail address.</summary>
    public long? FindOldestByPhone(long accountId, string phone) => Find(_oldestByPhone, accountId, phone);

    /// <summary>Adds a person.</summary>
    /// <param name="id">The id.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="key">E-mail address and phone number.</param>
    /// <param name="details">What is known.</param>
    /// <param name="createdAt">Since when the account knows the person.</param>
    /// <param name="hasLead">There is a lead that has the e-mail address: the person is found through that.</param>
    public void Insert(long id, long accountId, PersonKey key, PersonDetails details, DateTimeOffset createdAt, bool hasLead)
    {
        using var insert = _insert.Use();
        insert.Bind(1, id);
        insert.Bind(2, accountId);
        insert.Bind(3, key.Email);
        insert.Bind(4, key.Phone);
        insert.Bind(5, UnixMicroseconds.From(createdAt));
        insert.BindText(6, Encode(details));
        insert.Bind(7, key.Email is null || hasLead ? 0 : 1);
        insert.Run();
    }

    /// <summary>Lets the person be found by the e-mail address although the lead that has it goes.</summary>
    public void KeepKey(long id)
    {
        using var keep = _keepKey.Use();
        keep.Bind(1, id);
        keep.Run();
    }

    /// <summary>The version of a person; null when there is none.</summary>
    public long? Version(long id)
    {
        using var version = _version.Use();
        version.Bind(1, id);
        return version.Step() ? version.Number(0) : null;
    }

    public Person? Read(long id)
    {
        using var read = _read.Use();
        read.Bind(1, id);
        return read.Step() ? Person(read) : null;
    }

    public void GainEmail(long id, string email, DateTimeOffset now)
    {
        using var gain = _gainEmail.Use();
        gain.Bind(1, email);
        gain.Bind(2, UnixMicroseconds.From(now));
        gain.Bind(3, id);
        gain.Run();
    }

    /// <summary>Writes phone number and details.</summary>
    /// <param name="stored">The row as it is.</param>
    /// <param name="next">As it shall be, with the version that the row has now.</param>
    /// <param name="now">The time.</param>
    public void Update(Person stored, Person next, DateTimeOffset now)
    {
        using (var update = _update.Use())
        {
            update.Bind(1, UnixMicroseconds.From(now));
            update.BindText(2, Encode(next.Details));
            update.Bind(3, next.Id);
            update.Bind(4, next.Version);
            update.Run();
        }
        if (next.Phone == stored.Phone) return;
        using var set = _setPhone.Use();
        set.Bind(1, next.Phone);
        set.Bind(2, next.Id);
        set.Run();
    }

    /// <summary>Deletes the person if no lead points to it.</summary>
    public bool Delete(long id)
    {
        using var delete = _delete.Use();
        delete.Bind(1, id);
        return delete.Run();
    }

    /// <summary>Shows an account's people in the order of their ids until somebody suffices.</summary>
    /// <param name="accountId">The account.</param>
    /// <param name="newestFirst">The order.</param>
    /// <param name="after">The last one before; null to begin with the first.</param>
    /// <param name="limit">How many at most; -1 for all.</param>
    /// <param name="visit">Gets each; false ends it.</param>
    public void Visit(long accountId, bool newestFirst, long? after, long limit, Func<Person, bool> visit)
    {
        using var page = (newestFirst ? _before : _after).Use();
        page.Bind(1, accountId);
        page.Bind(2, after ?? (newestFirst ? long.MaxValue : 0));
        page.Bind(3, limit);
        while (page.Step() && visit(Person(page)))
        {
        }
    }

    /// <summary>People of all accounts after an id.</summary>
    public List<Person> Next(long after, int limit)
    {
        using var next = _next.Use();
        next.Bind(1, after);
        next.Bind(2, limit);
        var people = new List<Person>();
        while (next.Step()) people.Add(Person(next));
        return people;
    }

    /// <summary>Reads the columns from <paramref name="at"/> on.</summary>
    public static Person Person(SqliteUse row, int at = 0) => new()
    {
        Id = row.Number(at),
        AccountId = row.Number(at + 1),
        Version = row.Number(at + 2),
        Email = row.TextOrNull(at + 3),
        Phone = row.TextOrNull(at + 4),
        CreatedAt = UnixMicroseconds.To(row.Number(at + 5)),
        UpdatedAt = UnixMicroseconds.To(row.Number(at + 6)),
        Details = PersonDetailsJson.Read(row.Bytes(at + 7)),
    };

    private static long? Find(SqliteStatement by, long accountId, string value)
    {
        using var find = by.Use();
        find.Bind(1, accountId);
        find.Bind(2, value);
        return find.Step() ? find.Number(0) : null;
    }

    private ReadOnlySpan<byte> Encode(PersonDetails details)
    {
        _details.ResetWrittenCount();
        _detailsWriter ??= PersonDetailsJson.CreateWriter(_details);
        _detailsWriter.Reset();
        PersonDetailsJson.Write(_detailsWriter, details);
        return _details.WrittenSpan;
    }
}
