namespace LeadEngine.Storage.Postgres;

/// <summary>The terms by which people are found, in their own rows and written with them.</summary>
internal static class SearchSchema
{
    /// <summary>The index of <c>people.terms</c>.</summary>
    public const string Index = "people_by_terms";

    // "changed_people" now holds those whose terms have to be computed anew, because SQL changed them.
    // GIN takes a batch of terms far cheaper than one person's: what is new waits in a list that PeopleIndex empties, so the limit (in kB)
    // only says when somebody else's write has to do it.
    public const string Migration =
        $"""
        set local enable_seqscan = on;
        set local enable_hashjoin = on;
        set local enable_mergejoin = on;
        alter table people add terms tsvector;
        alter table people alter terms set statistics 0;
        update people p set terms = t.terms from person_terms t where t.account_id = p.account_id and t.person_id = p.id;
        insert into changed_people (account_id, person_id) select account_id, id from people where terms is null order by id;
        create index {Index} on people using gin (terms) with (gin_pending_list_limit = 65536);
        drop table person_terms;
        drop table people_index;
        """;
}
