using System.Collections.Immutable;
using LeadEngine.Webhooks;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>Who wants to be told of what. Campaigns keep what anybody wants to hear of them, in the same transaction.</summary>
internal sealed class SubscriptionTable(PostgresPool pool)
{
    /// <summary>The columns that <see cref="Read(NpgsqlDataReader, int)"/> takes.</summary>
    public const string Columns =
        """
        s.id, s.account_id, s.campaign_id, s.channel, s.url, s.kinds, s.secret, s.name, s.source, s.retries, s.timeout_ms, s.created_at,
        s.disabled_for
        """;

    public const int ColumnCount = 13;

    /// <summary>What subscriptions to a campaign, <c>c</c>, want to hear of.</summary>
    public const string KindsOfCampaign =
        """
        coalesce((
            select bit_or(s.kinds) from subscriptions s
            where s.account_id = c.account_id and (s.campaign_id is null or s.campaign_id = c.id) and s.disabled_for is null), 0)
        """;

    private const string Insert =
        $"""
        with added as (
            insert into subscriptions (
                account_id, campaign_id, channel, url, kinds, secret, name, source, retries, timeout_ms, created_at, disabled_for)
            select $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12
            where $2::bigint is null or exists (select from campaigns where id = $2 and account_id = $1)
            returning *)
        select {Columns} from added s
        """;

    private const string Update =
        $"""
        with changed as (
            update subscriptions
            set url = $3, kinds = $4, secret = $5, name = $6, retries = $7, timeout_ms = $8, disabled_for = $9
            where account_id = $1 and id = $2
            returning *)
        select {Columns} from changed s
        """;

    private const string Delete = "delete from subscriptions where account_id = $1 and id = $2 returning id";

    private const string PutDisabled = "update subscriptions set disabled_for = coalesce(disabled_for, $3) where account_id = $1 and id = $2";

    private const string PutKinds =
        $"""
        update campaigns c set event_kinds = {KindsOfCampaign}
        where c.account_id = $1 and c.event_kinds <> {KindsOfCampaign}
        """;

    private const string AccountOf = "select account_id from subscriptions where id = $1";

    private const string ReadAll = $"select {Columns} from subscriptions s where s.account_id = $1 order by s.id";

    public async Task<Subscription?> Add(Subscription subscription, CancellationToken cancel)
    {
        Subscription? added = null;
        var trip = new RoundTrip();
        WebhookGate.AddClose(trip, subscription.AccountId);
        trip.Add(
            Insert,
            row => added = Read(row, 0),
            Arguments.Number(subscription.AccountId),
            Arguments.NumberOrNull(subscription.CampaignId),
            Arguments.Number((int)subscription.Channel),
            Arguments.Text(subscription.Url),
            Arguments.Number(subscription.Kinds),
            Arguments.Bytes([.. subscription.Secret]),
            Arguments.TextOrNull(subscription.Name),
            Arguments.TextOrNull(subscription.Source),
            Arguments.NumberOrNull(subscription.Retries),
            Arguments.Number(subscription.TimeoutMs),
            Arguments.Time(subscription.CreatedAt),
            Arguments.TextOrNull(subscription.DisabledFor));
        trip.Add(PutKinds, Arguments.Number(subscription.AccountId));
        await pool.Write(trip, cancel);
        return added;
    }

    public async Task<Subscription?> Change(Subscription subscription, CancellationToken cancel)
    {
        Subscription? changed = null;
        var trip = new RoundTrip();
        WebhookGate.AddClose(trip, subscription.AccountId);
        trip.Add(
            Update,
            row => changed = Read(row, 0),
            Arguments.Number(subscription.AccountId),
            Arguments.Number(subscription.Id),
            Arguments.Text(subscription.Url),
            Arguments.Number(subscription.Kinds),
            Arguments.Bytes([.. subscription.Secret]),
            Arguments.TextOrNull(subscription.Name),
            Arguments.NumberOrNull(subscription.Retries),
            Arguments.Number(subscription.TimeoutMs),
            Arguments.TextOrNull(subscription.DisabledFor));
        AddAftermath(trip, subscription.AccountId, subscription.Id);
        await pool.Write(trip, cancel);
        return changed;
    }

    public async Task<bool> Remove(long accountId, long subscriptionId, CancellationToken cancel)
    {
        var isGone = false;
        var trip = new RoundTrip();
        WebhookGate.AddClose(trip, accountId);
        trip.Add(Delete, _ => isGone = true, Arguments.Number(accountId), Arguments.Number(subscriptionId));
        AddAftermath(trip, accountId, subscriptionId);
        await pool.Write(trip, cancel);
        return isGone;
    }

    public async Task Disable(long subscriptionId, string reason, CancellationToken cancel)
    {
        var accountId = await pool.Read(AccountOf, row => (long?)row.GetInt64(0), cancel, Arguments.Number(subscriptionId));
        if (accountId is not { } account) return;
        var trip = new RoundTrip();
        WebhookGate.AddClose(trip, account);
        trip.Add(PutDisabled, Arguments.Number(account), Arguments.Number(subscriptionId), Arguments.Text(reason));
        AddAftermath(trip, account, subscriptionId);
        await pool.Write(trip, cancel);
    }

    public async Task<ImmutableArray<Subscription>> List(long accountId, CancellationToken cancel)
    {
        var subscriptions = ImmutableArray.CreateBuilder<Subscription>();
        var trip = new RoundTrip();
        trip.Add(ReadAll, row => subscriptions.Add(Read(row, 0)), Arguments.Number(accountId));
        await pool.Read(trip, cancel);
        return subscriptions.DrainToImmutable();
    }

    /// <summary>A subscription, from the column <paramref name="first"/> on.</summary>
    public static Subscription Read(NpgsqlDataReader row, int first) => new()
    {
        Id = row.GetInt64(first),
        AccountId = row.GetInt64(first + 1),
        CampaignId = row.IsDBNull(first + 2) ? null : row.GetInt64(first + 2),
        Channel = (Channel)row.GetInt16(first + 3),
        Url = row.GetString(first + 4),
        Kinds = row.GetInt64(first + 5),
        Secret = [.. row.GetFieldValue<byte[]>(first + 6)],
        Name = row.IsDBNull(first + 7) ? null : row.GetString(first + 7),
        Source = row.IsDBNull(first + 8) ? null : row.GetString(first + 8),
        Retries = row.IsDBNull(first + 9) ? null : row.GetInt32(first + 9),
        TimeoutMs = row.GetInt32(first + 10),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(first + 11),
        DisabledFor = row.IsDBNull(first + 12) ? null : row.GetString(first + 12),
    };

    private static void AddAftermath(RoundTrip trip, long accountId, long subscriptionId)
    {
        trip.Add(PutKinds, Arguments.Number(accountId));
        trip.Add(DropSql.Drop, Arguments.Number(accountId), Arguments.Number(subscriptionId));
    }
}
