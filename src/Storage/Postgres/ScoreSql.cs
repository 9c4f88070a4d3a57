namespace LeadEngine.Storage.Postgres;

internal static class ScoreSql
{
    /// <summary>The largest score.</summary>
    public const string Most = "2147483647";

    public const string Read =
        """
        select s.campaign_id, s.lead_id, s.points, s.direct_referrals, s.indirect_referrals
        from unnest($1, $2) as a (campaign_id, lead_id)
        join scores s on s.campaign_id = a.campaign_id and s.lead_id = a.lead_id
        """;
}
