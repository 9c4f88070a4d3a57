namespace LeadEngine.Storage.Postgres;

/// <summary>One of the conditions of a search: a tsquery.</summary>
/// <param name="Query">The condition.</param>
/// <param name="Email">What the e-mail address may begin with instead; null when that does not matter.</param>
internal readonly record struct TermCondition(string Query, string? Email = null)
{
    /// <summary>All of the conditions as one tsquery.</summary>
    public static string And(IEnumerable<TermCondition> conditions) => string.Join('&', conditions.Select(condition => condition.Query));

    /// <summary>Whom one of the conditions describes may have an e-mail address that begins with one of these.</summary>
    public static string[] Emails(IEnumerable<TermCondition> conditions) => [.. conditions.Select(condition => condition.Email).OfType<string>()];

    /// <summary>Whether a tsquery describes a row <c>t</c> of people.</summary>
    /// <param name="query">The tsquery: see <see cref="Read"/>.</param>
    /// <param name="emails">Those of its conditions.</param>
    /// <remarks>
    /// The whole address is a term that is not kept: the one of all that differ, it would be most of what the index costs.
    /// </remarks>
    public static string Fits(string query, string emails) =>
        $"""
        (t.terms @@ {query} or t.email ^@ any({emails}::text[])
            and (t.terms || array_to_tsvector(array[t.account_id || ':w:' || coalesce(t.email, '')])) @@ {query}) is true
        """;

    /// <summary>A parameter as a tsquery that is read once; a mere cast would be made anew for each row.</summary>
    public static string Read(string parameter) => $"(select {parameter}::tsquery)";
}
