using System.Globalization;
using System.Security.Cryptography;

namespace LeadEngine.Storage.Sqlite;

/// <summary>What does not belong to a campaign: the state of grains, and the installation's secrets.</summary>
internal sealed class StateTable(SqliteSession session)
{
    private const int SecretLength = 32;

    private readonly SqliteStatement _read = session.Statement("select json, etag from grain_state where name = ? and key = ?");

    private readonly SqliteStatement _insert = session.Statement(
        "insert into grain_state (name, key, json, etag) values (?, ?, ?, 1) on conflict do nothing");

    private readonly SqliteStatement _update = session.Statement(
        "update grain_state set json = ?3, etag = etag + 1 where name = ?1 and key = ?2 and etag = ?4");

    private readonly SqliteStatement _forget = session.Statement(
        """
        delete from grain_state where rowid in (
            select rowid from grain_state where name = ? and json_extract(json, '$.ForgetAt') < ? limit ?)
        """);

    private readonly SqliteStatement _delete = session.Statement("delete from grain_state where name = ? and key = ?");

    private readonly SqliteStatement _makeSecret = session.Statement(
        "insert into secrets (name, value) values (?, ?) on conflict do nothing");

    private readonly SqliteStatement _readSecret = session.Statement("select value from secrets where name = ?");

    public GrainStateRow? Read(string name, string key)
    {
        using var read = _read.Use();
        read.Bind(1, name);
        read.Bind(2, key);
        return read.Step() ? new(read.Text(0), Etag(read.Number(1))) : null;
    }

    public string? Write(string name, string key, string json, string? expectedEtag)
    {
        if (expectedEtag is null) return Write(_insert, name, key, json, expected: null);
        return long.TryParse(expectedEtag, NumberStyles.None, CultureInfo.InvariantCulture, out var expected)
            ? Write(_update, name, key, json, expected)
            : null;
    }

    private static string? Write(SqliteStatement statement, string name, string key, string json, long? expected)
    {
        using var write = statement.Use();
        write.Bind(1, name);
        write.Bind(2, key);
        write.Bind(3, json);
        if (expected is not null) write.Bind(4, expected);
        return write.Run() ? Etag((expected ?? 0) + 1) : null;
    }

    public int Forget(string name, DateTimeOffset before, int limit)
    {
        using var forget = _forget.Use();
        forget.Bind(1, name);
        forget.Bind(2, before.ToUnixTimeSeconds());
        forget.Bind(3, limit);
        return forget.Run() ? session.Changes : 0;
    }

    /// <summary>Removes what grains keep of a lead.</summary>
    public void DeleteOf(long leadId)
    {
        using var delete = _delete.Use();
        delete.Bind(1, LeadStates.Verification);
        delete.Bind(2, LeadStates.KeyOf(leadId));
        delete.Run();
    }

    public byte[] Secret(string name)
    {
        using (var make = _makeSecret.Use())
        {
            make.Bind(1, name);
            make.BindBlob(2, RandomNumberGenerator.GetBytes(SecretLength));
            make.Run();
        }
        using var read = _readSecret.Use();
        read.Bind(1, name);
        return read.Step() ? read.Bytes(0).ToArray() : throw new InvalidOperationException("The secret that was just made is not there.");
    }

    private static string Etag(long version) => version.ToString(CultureInfo.InvariantCulture);
}
