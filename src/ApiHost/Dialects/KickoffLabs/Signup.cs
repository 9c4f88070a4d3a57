using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>A create-or-update request whose parameters have been checked.</summary>
internal sealed record Signup
{
    public string? Email { get; init; }

    public string? Phone { get; init; }

    /// <summary>The lead itself, when a social id came alone.</summary>
    public long? LeadId { get; init; }

    /// <summary>The referrer, when a social id came with an e-mail address or a phone number.</summary>
    public long? ReferrerId { get; init; }

    public required LeadPatch Patch { get; init; }

    public bool MustExist { get; init; }

    public bool KeepOptOut { get; init; }

    public int Points { get; init; }

    /// <summary>The lead is not held against the IP address that it came from.</summary>
    public bool SkipIpCheck { get; init; }

    /// <summary>Tags to give the lead.</summary>
    public ImmutableArray<LeadTag> Tags { get; init; } = [];

    public bool SkipUrls { get; init; }

    public bool SkipActions { get; init; }

    public UpsertLead ToCommand(long campaignId, RequestStamp stamp) => new()
    {
        CampaignId = campaignId,
        Request = stamp,
        Email = Email,
        Phone = Phone,
        ReferrerId = ReferrerId,
        Patch = Patch,
        MustExist = MustExist,
        KeepOptOut = KeepOptOut,
        Points = Points,
        SkipIpCheck = SkipIpCheck,
        Tags = Tags,
    };
}
