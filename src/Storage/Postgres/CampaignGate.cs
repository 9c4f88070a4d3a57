namespace LeadEngine.Storage.Postgres;

/// <summary>
/// Gives an end or a lock of a campaign its turn. Changes of leads share the lock of the campaign's row, and whoever shares a row's lock
/// may pass those who wait to have it alone: without a pause between changes they would wait for ever. Advisory locks are given in the
/// order in which they are asked for. They are taken before all row locks, so they close no circle.
/// </summary>
internal static class CampaignGate
{
    /// <summary>For changes of leads; the parameter holds their campaigns.</summary>
    public static readonly string Share = $"select pg_advisory_xact_lock_shared({AdvisoryLocks.Gate}, {KeyOf("id")}) from unnest($1) as c (id)";

    /// <summary>For what takes a campaign's row for update; the parameter is the campaign.</summary>
    public static readonly string Close = $"select pg_advisory_xact_lock({AdvisoryLocks.Gate}, {KeyOf("$1")})";

    // Campaigns that share a key wait for each other now and then, no more.
    internal static string KeyOf(string campaignId) => $"({campaignId} % 2147483647)::int";
}
