namespace LeadEngine.Storage.Postgres;

/// <summary>
/// Lets nothing happen unnoticed while a subscription is made or changed. Whoever makes one has all campaigns that it is about to himself,
/// so each change of them comes before the subscription, or knows of it. What is about no campaign, or about one that is being made, shares
/// the lock of its account.
/// </summary>
internal static class WebhookGate
{
    private const string AccountKey = "($1::bigint % 2147483647)::int";

    private static readonly string Close = $"select pg_advisory_xact_lock({AdvisoryLocks.Webhooks}, {AccountKey})";

    private static readonly string Share = $"select pg_advisory_xact_lock_shared({AdvisoryLocks.Webhooks}, {AccountKey})";

    private static readonly string CloseCampaigns =
        $"""
        select pg_advisory_xact_lock({AdvisoryLocks.Gate}, {CampaignGate.KeyOf("c.id")})
        from (select id from campaigns where account_id = $1 order by id) c
        """;

    private const string LockCampaigns = "select id from campaigns where account_id = $1 order by id for update";

    /// <summary>For changes of subscriptions.</summary>
    public static void AddClose(RoundTrip trip, long accountId)
    {
        foreach (var statement in (string[])[Close, CloseCampaigns, LockCampaigns]) trip.Add(statement, _ => { }, Arguments.Number(accountId));
    }

    /// <summary>For what happens in an account, and in none of its campaigns.</summary>
    public static void AddShare(RoundTrip trip, long accountId) => trip.Add(Share, _ => { }, Arguments.Number(accountId));
}
