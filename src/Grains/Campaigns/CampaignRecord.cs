using LeadEngine.Campaigns;

namespace LeadEngine.Grains.Campaigns;

/// <summary>What is stored of a campaign beside its leads and lifecycle.</summary>
[GenerateSerializer, Alias("grains.CampaignRecord")]
internal sealed record CampaignRecord
{
    [Id(0)] public long AccountId { get; init; }

    [Id(1)] public CampaignSettings? Settings { get; init; }

    [Id(2)] public long Revision { get; init; }

    /// <summary>The last id that an action, a tag or a reward level got.</summary>
    [Id(3)] public long LastId { get; init; }
}
