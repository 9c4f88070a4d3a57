namespace LeadEngine.Fuzz.Api;

/// <summary>An operation that the API's description holds.</summary>
internal sealed record ApiOperation
{
    public required string Method { get; init; }

    /// <summary>The path, with the names of its variable parts in braces.</summary>
    public required string Path { get; init; }

    public required Dialect Dialect { get; init; }

    public IReadOnlyList<(string Name, ApiSchema Schema)> PathParts { get; init; } = [];

    public IReadOnlyList<(string Name, ApiSchema Schema)> Query { get; init; } = [];

    public IReadOnlyList<(string Name, ApiSchema Schema)> Headers { get; init; } = [];

    /// <summary>The body; null when there is none.</summary>
    public ApiSchema? Body { get; init; }

    /// <summary>The content types that the body may have.</summary>
    public IReadOnlyList<string> BodyTypes { get; init; } = [];

    /// <summary>Whether only those with a good key get anywhere, where strangers may ask for other things.</summary>
    public bool NeedsKey { get; init; }

    /// <summary>Whether it can take leads away, so that nobody who is asked about afterwards may be among them.</summary>
    public bool TakesAway => Method == "DELETE" || Path.EndsWith("/action", StringComparison.Ordinal);

    /// <summary>Whether to know its path is all the right that it takes, so that nobody's path is another's.</summary>
    public bool IsForWhoKnowsIt => Path == "/v2/inbound-webhook/{code}";

    /// <summary>Whether it lists the leads of a campaign.</summary>
    public bool IsListOfMembers => this is { Method: "GET", Path: "/v1/campaigns/{id}/leads" };

    public override string ToString() => $"{Method} {Path}";
}
