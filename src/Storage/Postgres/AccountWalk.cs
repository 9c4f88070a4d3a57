namespace LeadEngine.Storage.Postgres;

/// <summary>The people of an account in the order of their ids, one by one.</summary>
/// <param name="Follows">How a row compares with the one before it.</param>
/// <param name="Ends">How the account compares that rows are still of.</param>
/// <param name="Direction">The direction in which rows are ordered.</param>
/// <remarks>
/// "account_id = $1 … order by id" would do, but for the plan: where the statistics say that an account has a good part of all people, they
/// are looked for along the primary key, and millions of others may lie before the first. Bounds leave one index that has them in order.
/// </remarks>
internal sealed record AccountWalk(string Follows, string Ends, string Direction)
{
    /// <summary>From the oldest on.</summary>
    public static AccountWalk Oldest { get; } = new(">", "<=", "");

    /// <summary>From the newest on.</summary>
    public static AccountWalk Newest { get; } = new("<", ">=", "desc");

    /// <summary>Whether a row of people is one of the account <c>$1</c> after the person <c>$2</c>.</summary>
    /// <param name="row">What the row is called.</param>
    public string IsAhead(string row) => $"({row}.account_id, {row}.id) {Follows} ($1, $2) and {row}.account_id {Ends} $1";

    /// <summary>The order.</summary>
    /// <param name="row">What a row is called.</param>
    public string Order(string row) => $"order by {row}.account_id {Direction}, {row}.id {Direction}";
}
