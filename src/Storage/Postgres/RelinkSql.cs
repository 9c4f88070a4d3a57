namespace LeadEngine.Storage.Postgres;

/// <summary>
/// Links leads anew after they changed, fills in what their people lack, and deletes whom nobody needs any more. Statements of their own,
/// in this order: each builds on what the one before it did.
/// </summary>
internal static class RelinkSql
{
    // A setting of the transaction carries on who was left, since no word of the client comes between these statements.
    private const string Left = "lead_engine.left_people";

    private const string LeftPeople = $"string_to_array(nullif(current_setting('{Left}', true), ''), ',')::bigint[]";

    // The row has the requests of a change, and the version that comes after the expected one, only if it was applied.
    private const string Changed =
        """
        unnest($1, $2, $3, $4, $5, $6, $7, $8, $9) with ordinality
            as a (lead_id, version, requests, claim_email, contact_email, contact_phone, first_name, last_name, details, ordinal)
        cross join lateral (
            select * from leads c where c.id = a.lead_id and c.version = a.version and c.requests = a.requests offset 0) l
        """;

    public static readonly string Link =
        $"""
        with seekers as materialized (
            select a.ordinal, a.details, null::text as terms, l.id as lead_id, l.person_id as left_id, c.account_id,
                $10::timestamptz as created_at, case when l.email is null then a.claim_email end as gained_email,
                coalesce(l.email, a.claim_email, a.contact_email) as person_email,
                coalesce(l.phone, a.contact_phone) as person_phone
            from {Changed}
            join campaigns c on c.id = l.campaign_id),
        {LinkSql.Link(now: "$10")},
        moving as materialized (
            select lead_id, left_id, person_id, gained_email from linked
            where left_id is distinct from person_id or gained_email is not null order by lead_id),
        moved as (
            update leads l set person_id = m.person_id, email = coalesce(l.email, m.gained_email) from moving m where l.id = m.lead_id)
        select set_config('{Left}', coalesce(string_agg(distinct left_id::text, ',') filter (where left_id <> person_id), ''), true)
        from moving
        """;

    private const string Filled =
        """
        '{' || concat_ws(',',
            case when p.details::json ->> 'first_name' is null then '"first_name":' || to_json(k.first_name)::text end,
            case when p.details::json ->> 'last_name' is null then '"last_name":' || to_json(k.last_name)::text end,
            nullif(substr(p.details, 2, length(p.details) - 2), '')) || '}'
        """;

    public const string Fill =
        $"""
        with known as materialized (
            select l.person_id,
                (array_agg(a.first_name order by a.ordinal) filter (where a.first_name is not null))[1] as first_name,
                (array_agg(a.last_name order by a.ordinal) filter (where a.last_name is not null))[1] as last_name,
                (array_agg(coalesce(l.phone, a.contact_phone) order by a.ordinal)
                    filter (where coalesce(l.phone, a.contact_phone) is not null))[1] as phone
            from {Changed}
            group by l.person_id order by l.person_id),
        filled as (
            update people p set version = p.version + 1, updated_at = $10, phone = coalesce(p.phone, k.phone), details = {Filled}
            from known k
            where p.id = k.person_id and (
                p.phone is null and k.phone is not null
                or k.first_name is not null and p.details::json ->> 'first_name' is null
                or k.last_name is not null and p.details::json ->> 'last_name' is null)
            returning p.account_id, p.id)
        insert into changed_people (account_id, person_id) select account_id, id from filled
        """;

    // After this lock nobody can be linked to them, and who was is seen by the next statement.
    public const string LockLeft =
        $"select id from people where id = any({LeftPeople}) and email is null and version = 1 order by id for update";

    public const string DeleteLeft =
        $"""
        delete from people p
        where p.id = any({LeftPeople}) and p.email is null and p.version = 1 and not exists (select from leads l where l.person_id = p.id)
        """;
}
