using System.Collections.Immutable;
using LeadEngine.Webhooks;

namespace LeadEngine.Storage.Sqlite;

/// <summary>Who wants to be told of what. Campaigns keep what anybody wants to hear of them.</summary>
internal sealed class SubscriptionTable(SqliteSession session)
{
    /// <summary>The columns that <see cref="Read(SqliteUse, int)"/> takes.</summary>
    public const string Columns =
        """
        s.id, s.account_id, s.campaign_id, s.channel, s.url, s.kinds, s.secret, s.name, s.source, s.retries, s.timeout_ms, s.created_at,
        s.disabled_for
        """;

    public const int ColumnCount = 13;

    private readonly SqliteStatement _insert = session.Statement(
        """
        insert into subscriptions (account_id, campaign_id, channel, url, kinds, secret, name, source, retries, timeout_ms, created_at, disabled_for)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """);

    private readonly SqliteStatement _lastId = session.Statement("select last_insert_rowid()");

    private readonly SqliteStatement _update = session.Statement(
        """
        update subscriptions
        set url = ?3, kinds = ?4, secret = ?5, name = ?6, retries = ?7, timeout_ms = ?8, disabled_for = ?9
        where account_id = ?1 and id = ?2
        """);

    private readonly SqliteStatement _disable = session.Statement(
        "update subscriptions set disabled_for = coalesce(disabled_for, ?) where id = ?");

    private readonly SqliteStatement _delete = session.Statement("delete from subscriptions where account_id = ? and id = ?");

    private readonly SqliteStatement _readOne = session.Statement($"select {Columns} from subscriptions s where s.id = ?");

    private readonly SqliteStatement _readAll = session.Statement($"select {Columns} from subscriptions s where s.account_id = ? order by s.id");

    public long Insert(Subscription subscription)
    {
        using var insert = _insert.Use();
        insert.Bind(1, subscription.AccountId);
        insert.Bind(2, subscription.CampaignId);
        insert.Bind(3, (long)subscription.Channel);
        insert.Bind(4, subscription.Url);
        insert.Bind(5, subscription.Kinds);
        insert.BindBlob(6, subscription.Secret.AsSpan());
        insert.Bind(7, subscription.Name);
        insert.Bind(8, subscription.Source);
        insert.Bind(9, subscription.Retries);
        insert.Bind(10, subscription.TimeoutMs);
        insert.Bind(11, UnixMicroseconds.From(subscription.CreatedAt));
        insert.Bind(12, subscription.DisabledFor);
        insert.Run();
        using var lastId = _lastId.Use();
        lastId.Step();
        return lastId.Number(0);
    }

    public bool Update(Subscription subscription)
    {
        using var update = _update.Use();
        update.Bind(1, subscription.AccountId);
        update.Bind(2, subscription.Id);
        update.Bind(3, subscription.Url);
        update.Bind(4, subscription.Kinds);
        update.BindBlob(5, subscription.Secret.AsSpan());
        update.Bind(6, subscription.Name);
        update.Bind(7, subscription.Retries);
        update.Bind(8, subscription.TimeoutMs);
        update.Bind(9, subscription.DisabledFor);
        return update.Run();
    }

    public void Disable(long id, string reason)
    {
        using var disable = _disable.Use();
        disable.Bind(1, reason);
        disable.Bind(2, id);
        disable.Run();
    }

    public bool Delete(long accountId, long id)
    {
        using var delete = _delete.Use();
        delete.Bind(1, accountId);
        delete.Bind(2, id);
        return delete.Run();
    }

    public Subscription? Read(long id)
    {
        using var read = _readOne.Use();
        read.Bind(1, id);
        return read.Step() ? Read(read, 0) : null;
    }

    public ImmutableArray<Subscription> List(long accountId)
    {
        using var read = _readAll.Use();
        read.Bind(1, accountId);
        var all = ImmutableArray.CreateBuilder<Subscription>();
        while (read.Step()) all.Add(Read(read, 0));
        return all.DrainToImmutable();
    }

    /// <summary>A subscription, from the column <paramref name="first"/> on.</summary>
    public static Subscription Read(SqliteUse row, int first) => new()
    {
        Id = row.Number(first),
        AccountId = row.Number(first + 1),
        CampaignId = row.NumberOrNull(first + 2),
        Channel = (Channel)row.Number(first + 3),
        Url = row.Text(first + 4),
        Kinds = row.Number(first + 5),
        Secret = ImmutableArray.Create(row.Bytes(first + 6)),
        Name = row.TextOrNull(first + 7),
        Source = row.TextOrNull(first + 8),
        Retries = (int?)row.NumberOrNull(first + 9),
        TimeoutMs = (int)row.Number(first + 10),
        CreatedAt = UnixMicroseconds.To(row.Number(first + 11)),
        DisabledFor = row.TextOrNull(first + 12),
    };
}
