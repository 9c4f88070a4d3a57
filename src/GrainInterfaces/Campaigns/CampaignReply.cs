using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using LeadEngine.Leads;

namespace LeadEngine.Campaigns;

/// <summary>A campaign as it stands.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.Campaign")]
public sealed record Campaign
{
    /// <summary>Numeric id.</summary>
    [Id(0)] public required long Id { get; init; }

    /// <summary>The account that owns it.</summary>
    [Id(1)] public required long AccountId { get; init; }

    /// <summary>Open, ended or locked.</summary>
    [Id(2)] public required CampaignStatus Status { get; init; }

    /// <summary>How many leads it has, without the jump start.</summary>
    [Id(3)] public required long LeadCount { get; init; }

    /// <summary>What its owner set.</summary>
    [Id(4)] public required CampaignSettings Settings { get; init; }

    /// <summary>Rises with each change of the settings.</summary>
    [Id(5)] public long Revision { get; init; }

    /// <summary>
    /// How far scores have been brought in line with changed settings; null when they are. Until then the former settings count.
    /// </summary>
    [Id(6)] public RescoreProgress? Rescoring { get; init; }
}

/// <summary>How many of the scored leads have been looked at.</summary>
/// <param name="Done">So many.</param>
/// <param name="Total">Of so many.</param>
[GenerateSerializer, Immutable, Alias("campaigns.RescoreProgress")]
public sealed record RescoreProgress([property: Id(0)] long Done, [property: Id(1)] long Total);

/// <summary>A campaign, or the reason why there is none: exactly one is set.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.CampaignReply")]
public sealed record CampaignReply
{
    /// <summary>The campaign.</summary>
    [Id(0)] public Campaign? Campaign { get; private init; }

    /// <summary>
    /// <see cref="LeadRefusal.CampaignNotFound"/>, <see cref="LeadRefusal.Busy"/>, <see cref="LeadRefusal.Unknown"/>, or
    /// <see cref="LeadRefusal.AskAgain"/> when the campaign has moved or changed meanwhile.
    /// </summary>
    [Id(1)] public LeadRefusal? Refusal { get; private init; }

    /// <summary>Whether there is a campaign.</summary>
    [MemberNotNullWhen(true, nameof(Campaign))]
    public bool Succeeded => Campaign is not null;

    /// <summary>The campaign as it stands.</summary>
    public static CampaignReply Accepted(Campaign campaign) => new() { Campaign = campaign };

    /// <summary>No campaign, or no change.</summary>
    public static CampaignReply Refused(LeadRefusal why) => new() { Refusal = why };
}

/// <summary>Leads in rank order.</summary>
/// <param name="Leads">The leads of this page.</param>
/// <param name="Next">The rank to ask after for the next page; null on the last page.</param>
[GenerateSerializer, Immutable, Alias("campaigns.LeadPage")]
public sealed record LeadPage([property: Id(0)] ImmutableArray<Lead> Leads, [property: Id(1)] long? Next);
