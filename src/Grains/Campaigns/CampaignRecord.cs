using LeadEngine.Campaigns;

namespace LeadEngine.Grains.Campaigns;

/// <summary>What is stored of a campaign beside its leads and lifecycle.</summary>
[GenerateSerializer, Alias("grains.CampaignRecord")]
internal sealed record CampaignRecord
{
    [Id(0)] public long AccountId { get; init; }

    [Id(1)] public CampaignSettings? Settings { get; init; }

    [Id(2)] public long Revision { get; init; }
}
