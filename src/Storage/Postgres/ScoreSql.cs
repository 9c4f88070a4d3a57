namespace LeadEngine.Storage.Postgres;

internal static class ScoreSql
{
    /// <summary>The largest number of points.</summary>
    public const string Most = "2147483647";

    /// <summary>What a score is made of, in the order in which <see cref="LeadRow.Score"/> takes it.</summary>
    public const string Parts =
        "points, direct_referrals, indirect_referrals, verified_referrals, verified_indirect_referrals, is_excluded, earned";

    /// <summary>A row without <see cref="Parts"/>.</summary>
    public const string NoParts = "null::integer, null::integer, null::integer, null::integer, null::integer, null::boolean, null::bigint[]";

    /// <summary>The end of an insert of scores, each of which is then as it is inserted.</summary>
    public const string Replace =
        """
        on conflict (campaign_id, lead_id) do update
        set points = excluded.points, direct_referrals = excluded.direct_referrals, indirect_referrals = excluded.indirect_referrals,
            verified_referrals = excluded.verified_referrals, verified_indirect_referrals = excluded.verified_indirect_referrals,
            is_excluded = excluded.is_excluded, earned = excluded.earned
        """;

    /// <summary>The scores of leads, and of those who referred them where that is asked for.</summary>
    public static readonly string Read =
        $"""
        select s.campaign_id, s.lead_id, {Parts}
        from unnest($1, $2, $3) as a (campaign_id, lead_id, upwards)
        cross join lateral (select id, parent_id from leads l where l.id = a.lead_id offset 0) l
        cross join lateral (
            select l.id
            union all select l.parent_id where a.upwards <> 0
            union all select p.parent_id from leads p where p.id = l.parent_id and a.upwards <> 0) t
        join scores s on s.campaign_id = a.campaign_id and s.lead_id = t.id
        """;
}
