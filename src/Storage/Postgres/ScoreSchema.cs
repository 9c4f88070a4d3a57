namespace LeadEngine.Storage.Postgres;

/// <summary>What scores are made of, as what leads count, and work that was promised.</summary>
internal static class ScoreSchema
{
    // Columns with a constant default cost nothing, however many rows there are.
    // Points that referrals brought were points like any other; now only those given by hand are. What a referral was worth is in the
    // settings of the campaign, which are kept under its id in hexadecimal digits. Within a text of JSON no quote ends a name, so what
    // looks like the setting is the setting.
    // Tasks come and go, and are found by key: their table has no more pages than wait.
    public const string Migration =
        """
        alter table leads add counted_as smallint not null default 1;

        alter table scores
            add verified_referrals integer not null default 0,
            add verified_indirect_referrals integer not null default 0,
            add earned bigint[] not null default '{}',
            add is_excluded boolean not null default false;
        update scores s
        set points = greatest(s.points - s.direct_referrals * coalesce((
            select substring(g.json from '"ReferralPoints":\s*([0-9]+)')::bigint
            from grain_state g where g.name = 'campaign' and g.key = 'campaign/' || upper(to_hex(s.campaign_id))), 1), -2147483648)
        where s.direct_referrals > 0;

        create table lead_tasks (
            id bigint generated always as identity primary key,
            campaign_id bigint not null,
            lead_id bigint not null,
            lead_order smallint not null,
            subject bigint not null,
            request_id uuid not null,
            requested_at timestamptz not null,
            due_at timestamptz not null
        );
        create index lead_tasks_by_due on lead_tasks (due_at, id);
        create index lead_tasks_by_lead on lead_tasks (lead_id, id);
        """;
}
