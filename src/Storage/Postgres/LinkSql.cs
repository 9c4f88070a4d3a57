namespace LeadEngine.Storage.Postgres;

/// <summary>Finds or makes the person whom a lead is linked to, as <see cref="Linking"/> tells.</summary>
internal static class LinkSql
{
    /// <summary>
    /// Common table expressions from rows <c>seekers</c> (account_id, person_email, person_phone, details, terms, created_at, ordinal, …)
    /// to the same rows <c>linked</c> with a person_id. Who comes without terms is noted to get them. <c>now</c> stands for the parameter
    /// with the time of the transaction.
    /// </summary>
    /// <remarks>
    /// No two seekers may be in want of one new person in different ways, the one by a phone number alone and the other with an e-mail
    /// address beside it: see <see cref="SeekerRuns"/>. Who is made by another transaction meanwhile is awaited, and taken (<c>raced</c>);
    /// the rows of people are made in the order of their keys, so that two transactions wait for each other in one direction.
    /// </remarks>
    public static string Link(string now) =>
        $"""
        sought as materialized (
            select s.*, coalesce(e.id, t.id) as known,
                case when e.id is null and s.person_email is not null then (
                    select p.id from people p
                    where p.account_id = s.account_id and p.phone = s.person_phone and p.email is null) end as nameless
            from seekers s
            left join lateral (
                select p.id from people p where p.account_id = s.account_id and p.email = s.person_email for key share) e on true
            left join lateral (
                select p.id from people p
                where s.person_email is null and p.account_id = s.account_id and p.phone = s.person_phone
                order by p.email is not null, p.id limit 1 for key share) t on true),
        adopting as materialized (
            select distinct on (nameless) nameless, person_email
            from (
                select distinct on (account_id, person_email collate "C") * from sought where nameless is not null
                order by account_id, person_email collate "C", ordinal) one
            order by nameless, ordinal),
        adopted as (
            update people p set email = a.person_email, version = p.version + 1, updated_at = {now}
            from adopting a
            where p.id = a.nameless and coalesce(p.email, '') = ''
            returning p.id, p.account_id, p.email),
        drawn as materialized (
            select s.*, case when s.known is null then nextval('people_id_seq') end as own_id from sought s),
        placed as materialized (
            select d.*, coalesce(d.known, a.id, min(d.own_id) over (
                partition by d.account_id, d.person_email collate "C",
                    (case when d.person_email is null then d.person_phone end) collate "C")) as place
            from drawn d left join adopted a on a.account_id = d.account_id and a.email = d.person_email),
        made as (
            insert into people as p (id, account_id, version, created_at, updated_at, email, phone, details, terms)
            select place, account_id, 1, created_at, created_at, person_email, person_phone, details, terms::tsvector
            from placed where own_id = place and person_email is not null
            on conflict (account_id, email) where email is not null do update set version = p.version
            returning id, account_id, email, null::text as phone, terms),
        made_nameless as (
            insert into people as p (id, account_id, version, created_at, updated_at, phone, details, terms)
            select place, account_id, 1, created_at, created_at, person_phone, details, terms::tsvector
            from placed where own_id = place and person_email is null
            on conflict (account_id, phone) where email is null do update set version = p.version
            returning id, account_id, null::text as email, phone, terms),
        all_made as materialized (select * from made union all select * from made_nameless),
        raced as materialized (
            select m.* from all_made m where m.id not in (select own_id from drawn where own_id is not null)),
        linked as materialized (
            select p.*, coalesce(
                (select r.id from raced r where r.account_id = p.account_id
                    and (r.email = p.person_email or p.person_email is null and r.phone = p.person_phone)),
                p.place) as person_id
            from placed p),
        noted as (
            insert into changed_people (account_id, person_id)
            select account_id, id from adopted union all select account_id, id from all_made where terms is null)
        """;
}
