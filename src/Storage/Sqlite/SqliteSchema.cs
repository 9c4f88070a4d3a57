using System.Globalization;

namespace LeadEngine.Storage.Sqlite;

/// <summary>The tables, as steps that each database goes through once. Steps are only ever added.</summary>
internal static class SqliteSchema
{
    // Times are microseconds since 1970, UTC. Ids come from "sequences" and are never given twice; a campaign's
    // last_rank never falls. Statuses are those of CampaignStatus.
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
}
