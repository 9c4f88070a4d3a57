using System.Globalization;

namespace LeadEngine.Storage.Sqlite;

/// <summary>The tables, as steps that each database goes through once. Steps are only ever added.</summary>
internal static class SqliteSchema
{
    // Times are microseconds since 1970, UTC. Ids come from "sequences" and are never given twice; a campaign's
    // last_rank never falls. Statuses are those of CampaignStatus and MemberStatus.
    private static readonly string[] Steps =
    [
        """
        create table sequences (name text primary key, value integer not null) without rowid;

        create table secrets (name text primary key, value blob not null) without rowid;

        create table grain_state (
            name text not null,
            key text not null,
            etag integer not null,
            json text not null,
            primary key (name, key));

        create table campaigns (
            id integer primary key,
            epoch integer not null,
            status integer not null,
            last_rank integer not null,
            live_count integer not null);

        create table leads (
            id integer primary key,
            campaign_id integer not null,
            rank integer not null,
            version integer not null,
            created_at integer not null,
            counter integer not null,
            email text,
            phone text,
            parent_id integer,
            profile text not null,
            requests blob not null,
            forgotten_until integer);
        create unique index leads_rank on leads (campaign_id, rank);
        create unique index leads_email on leads (campaign_id, email) where email is not null;
        create unique index leads_phone on leads (campaign_id, phone) where phone is not null;

        create table scores (
            campaign_id integer not null,
            lead_id integer not null,
            points integer not null,
            direct_referrals integer not null,
            indirect_referrals integer not null,
            primary key (campaign_id, lead_id)) without rowid;

        create table idempotency (
            key text primary key,
            fingerprint text not null,
            lead_id integer not null,
            status integer,
            body blob,
            created_at integer not null);
        create index idempotency_age on idempotency (created_at);
        """,
        People,
        ScoreSchema.Step,
        WebhookSchema.Step,
        WebhookSchema.DeadLetterStep,
        DropTable.Step,
    ];

    /// <summary>
    /// Takes the database through the steps it has not gone through. Another process that does the same waits, and finds none left.
    /// </summary>
    public static void Migrate(SqliteSession session) => session.Write(() =>
    {
        session.Execute("create table if not exists schema_version (version integer not null)");
        var version = int.Parse(session.Scalar("select coalesce(max(version), 0) from schema_version")!, CultureInfo.InvariantCulture);
        if (version > Steps.Length)
        {
            throw new InvalidOperationException(
                $"The database has schema {version}, made by a newer version of the engine; this one knows {Steps.Length}.");
        }
        foreach (var step in Steps[version..]) session.Execute(step);
        if (version < Steps.Length)
        {
            session.Execute("delete from schema_version");
            session.Execute(string.Create(CultureInfo.InvariantCulture, $"insert into schema_version values ({Steps.Length})"));
        }
        return Steps.Length;
    });

    // The account of a campaign was known to its grain alone, under the hexadecimal form of the id. Every lead gets its person: the leads
    // with an e-mail address first, so that a phone number alone is somebody who is known already.
    // A lead that has an e-mail address points to the person who has it. So that address is written into one index rather than two, which
    // is most of what a new person costs: leads_email finds the person as well, and people_email only those whom it does not find
    // (has_own_key).
    private const string People =
        """
        alter table campaigns add column account_id integer not null default 0;
        update campaigns set account_id = coalesce(
            (select json_extract(json, '$.AccountId') from grain_state where name = 'campaign' and key = printf('campaign/%X', campaigns.id)), 0);

        create table people (
            id integer primary key,
            account_id integer not null,
            version integer not null,
            email text,
            phone text,
            created_at integer not null,
            updated_at integer not null,
            details text not null,
            has_own_key integer not null);
        create index people_account on people (account_id);
        create unique index people_email on people (account_id, email) where has_own_key = 1;
        create unique index people_phone_alone on people (account_id, phone) where email is null;
        create index people_phone on people (account_id, phone) where email is not null and phone is not null;
        create virtual table person_terms using fts5(terms, tokenize = "ascii tokenchars '_'", detail = none, columnsize = 0);
        insert into person_terms (person_terms, rank) values ('automerge', 8);

        alter table leads add column account_id integer not null default 0;
        update leads set account_id = (select account_id from campaigns where campaigns.id = leads.campaign_id);
        drop index leads_email;
        create unique index leads_email on leads (account_id, email, campaign_id) where email is not null;
        alter table leads add column person_id integer;
        alter table leads add column member_status integer not null default 0;
        alter table leads add column external_created_at integer;
        create view leads_to_link as
        select
            l.id as lead_id, l.account_id, l.email, l.phone, l.created_at,
            json_remove(
                l.profile, '$.uid', '$.ip', '$.referrer', '$.signup_url', '$.source', '$.session_id', '$.client_request_id', '$.redirect_url',
                '$.custom', '$.utm', '$.tags', '$.actions', '$.opted_out', '$.sms_opted_out', '$.verified_email', '$.verified_phone',
                '$.waitlisted', '$.fraudulent') as names
        from leads l;
        insert into people (account_id, version, email, phone, created_at, updated_at, details, has_own_key)
        select account_id, 1, email, phone, created_at, created_at, names, 1 from leads_to_link where email is not null order by lead_id
        on conflict do nothing;
        insert into people (account_id, version, email, phone, created_at, updated_at, details, has_own_key)
        select account_id, 1, null, phone, created_at, created_at, names, 0 from leads_to_link l
        where email is null and not exists (select 1 from people p where p.account_id = l.account_id and p.phone = l.phone)
        order by lead_id
        on conflict do nothing;
        update leads set person_id = (
            select id from people where people.account_id = leads.account_id and people.email = leads.email and has_own_key = 1)
        where email is not null;
        update people set has_own_key = 0;
        update leads set person_id = (
            select id from people where people.account_id = leads.account_id and people.phone = leads.phone
            order by people.email is not null, id limit 1)
        where email is null;
        insert into sequences select 'people', coalesce(max(id), 0) from people;
        drop view leads_to_link;
        create index leads_person on leads (person_id) where person_id is not null;
        create index leads_posted on leads (campaign_id, external_created_at, rank) where external_created_at is not null;
        create index leads_status on leads (campaign_id, member_status, rank) where member_status <> 0;

        create index idempotency_lead on idempotency (lead_id);

        create table links (
            code text primary key,
            url text not null,
            campaign_id integer not null,
            lead_id integer not null,
            clicks integer not null,
            created_at integer not null) without rowid;
        create index links_lead on links (lead_id);

        create table do_not_contact (
            account_id integer not null,
            kind integer not null,
            value text not null,
            reason text not null,
            created_at integer not null,
            primary key (account_id, kind, value)) without rowid;
        """;
}
