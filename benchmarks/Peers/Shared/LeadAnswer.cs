namespace LeadEngine.Peers;

/// <summary>An answer with the fields, and so about the size, of the engine's own; the peers compute only what their tables hold.</summary>
internal sealed record LeadAnswer
{
    public required long Id { get; init; }
    public required string SocialId { get; init; }
    public required long Rank { get; init; }
    public required long Counter { get; init; }
    public required long LeadCount { get; init; }
    public long ContestScore { get; init; }
    public long ContestScoreRank { get; init; } = 1;
    public long ContestScoreRankRelativePosition { get; init; }
    public long RankRelativePosition => Rank - 1;
    public required long CampaignId { get; init; }
    public long ListId => CampaignId;
    public string? GivenName => FirstName;
    public required string? FirstName { get; init; }
    public string Avatar { get; init; } = "https://www.gravatar.com/avatar/f620f4647fb816073c9152a284245e64?r=g&d=identicon&s=600";
    public required DateTimeOffset When { get; init; }
    public bool Enhanced { get; init; } = true;
    public bool Anonymous { get; init; }
    public bool Verified { get; init; }
    public bool VerifiedEmail { get; init; }
    public bool VerifiedPhoneNumber { get; init; }
    public bool Waitlisted { get; init; }
    public string? DisplayName => FirstName;
    public long[] CompletedActions { get; init; } = [];
    public string SocialUrl => $"https://www.example.com/?kid={SocialId}";
    public string RedirectUrl => ThankyouUrl;
    public string ThankyouUrl => $"https://example.com/thanks?kolid={SocialId}";
    public string StatusUrl => ThankyouUrl;
    public required string Email { get; init; }
    public string? PhoneNumber { get; init; }
    public string? FamilyName { get; init; }
    public required LeadFields CustomFields { get; init; }
    public OptOutLinks UnsubscribeUrl => new($"https://example.com/opt-out/{SocialId}", $"https://example.com/opt-out/{SocialId}?safe=1");
    public string? Uid { get; init; }
    public long? ParentId { get; init; }
    public bool OptedOut { get; init; }
    public LeadFields Utm { get; init; } = new(null);
    public string[] Tags { get; init; } = [];
    public long Referrals { get; init; }
    public ReferralCounts UnverifiedLeads { get; init; } = new(0, 0);
    public ReferralCounts VerifiedLeads { get; init; } = new(null, null);
    public ReferralCounts Influence { get; init; } = new(0, 0);
    public long SubscriptionNumber => Rank;
    public string Ip { get; init; } = "127.0.0.1";
    public string? Referrer { get; init; }
    public bool Fraudulent { get; init; }
}

internal sealed record LeadFields(string? Company);

internal sealed record OptOutLinks(string Default, string Safe);

internal sealed record ReferralCounts(long? Indirect, long? Direct);
