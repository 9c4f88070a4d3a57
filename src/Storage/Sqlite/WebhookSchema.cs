namespace LeadEngine.Storage.Sqlite;

/// <summary>Who wants to be told of what, and what is on its way to them.</summary>
internal static class WebhookSchema
{
    // campaigns.event_kinds holds a bit for each kind of event that anybody wants to hear of. due_at is null for dead letters.
    // Ids are never given twice (autoincrement): receivers tell by them what they have had already.
    public const string Step =
        """
        alter table campaigns add column event_kinds integer not null default 0;
        create index campaigns_account on campaigns (account_id);

        create table subscriptions (
            id integer primary key autoincrement,
            account_id integer not null,
            campaign_id integer,
            channel integer not null,
            url text not null,
            kinds integer not null,
            secret blob not null,
            name text,
            source text,
            retries integer,
            timeout_ms integer not null,
            created_at integer not null,
            disabled_for text);
        create index subscriptions_account on subscriptions (account_id);

        create table event_numbers (lead_id integer primary key, last integer not null);

        create table deliveries (
            id integer primary key autoincrement,
            subscription_id integer not null,
            kind integer not null,
            occurred_at integer not null,
            campaign_id integer,
            lead_id integer,
            number integer not null,
            details text,
            tries integer not null default 0,
            due_at integer,
            last_at integer,
            last_status integer,
            last_problem text,
            last_ms integer);
        create index deliveries_due on deliveries (subscription_id, due_at) where due_at is not null;
        create index deliveries_dead on deliveries (subscription_id, id) where due_at is null;
        create index deliveries_lead on deliveries (lead_id, subscription_id, number) where lead_id is not null;

        create table delivery_log (
            id integer primary key,
            account_id integer not null,
            subscription_id integer not null,
            delivery_id integer not null,
            kind integer not null,
            lead_id integer,
            fate integer not null,
            next_try integer,
            at integer not null,
            status integer,
            problem text,
            ms integer not null);
        create index delivery_log_lead on delivery_log (lead_id, id) where lead_id is not null;
        create index delivery_log_age on delivery_log (at);
        """;

    public const string DeadLetterStep = "create index deliveries_dead_by_age on deliveries (last_at) where due_at is null";
}
