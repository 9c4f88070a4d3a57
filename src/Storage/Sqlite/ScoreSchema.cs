namespace LeadEngine.Storage.Sqlite;

/// <summary>What scores are made of, as what leads count, and work that was promised.</summary>
internal static class ScoreSchema
{
    // Points that referrals brought were points like any other; now only those given by hand are.
    // "earned" holds ids in decimal digits, with spaces between; null where there are none. Classes are those of ReferralClass, orders
    // those of LeadOrder. A task's id is never given twice: who carries one out may be late.
    public const string Step =
        """
        alter table leads add column counted_as integer not null default 1;

        alter table scores add column verified_referrals integer not null default 0;
        alter table scores add column verified_indirect_referrals integer not null default 0;
        alter table scores add column earned text;
        alter table scores add column is_excluded integer not null default 0;
        update scores set points = max(points - direct_referrals * coalesce(
            (select json_extract(json, '$.Settings.ReferralPoints') from grain_state
             where name = 'campaign' and key = printf('campaign/%X', scores.campaign_id)), 1), -2147483648)
        where direct_referrals > 0;

        create table lead_tasks (
            id integer primary key autoincrement,
            campaign_id integer not null,
            lead_id integer not null,
            lead_order integer not null,
            subject integer not null,
            request_id blob not null,
            requested_at integer not null,
            due_at integer not null);
        create index lead_tasks_due on lead_tasks (due_at, id);
        create index lead_tasks_lead on lead_tasks (lead_id, id);
        """;
}
