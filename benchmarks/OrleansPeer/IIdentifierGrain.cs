namespace LeadEngine.OrleansPeer;

/// <summary>One e-mail in one campaign.</summary>
[Alias("peer.IIdentifierGrain")]
internal interface IIdentifierGrain : IGrainWithIntegerCompoundKey
{
    /// <summary>Null where there is no such campaign.</summary>
    [Alias("SignUp")]
    Task<LeadReply?> SignUp(string? firstName, string? company);

    /// <summary>Null where nobody signed up.</summary>
    [Alias("Find")]
    Task<LeadReply?> Find();
}

[GenerateSerializer, Immutable, Alias("peer.LeadReply")]
internal sealed record LeadReply
{
    [Id(0)]
    public required long Rank { get; init; }

    [Id(1)]
    public required long Counter { get; init; }

    [Id(2)]
    public required long LeadCount { get; init; }

    [Id(3)]
    public required DateTimeOffset CreatedAt { get; init; }

    [Id(4)]
    public required string? FirstName { get; init; }

    [Id(5)]
    public required string? Company { get; init; }
}
