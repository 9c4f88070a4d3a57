
namespace LeadEngine.Leads;

/// <summary>A person's place in a campaign.</summary>
[GenerateSerializer, Immutable, Alias("leads.Lead")]
public sealed record Lead
{
    /// <summary>Numeric id, unique over all campaigns, never given twice.</summary>
    [Id(0)] public required long Id { get; init; }

    /// <summary>The campaign that the lead belongs to.</summary>
    [Id(1)] public required long CampaignId { get; init; }

    /// <summary>1 for the first lead that was committed in the campaign, then 2, 3, …</summary>
    [Id(2)] public required long Rank { get; init; }

    /// <summary>When the lead signed up.</summary>
    [Id(3)] public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>How many upserts the lead has had; 1 after the first.</summary>
    [Id(4)] public required long Counter { get; init; }

    /// <summary>The normalized e-mail address that identifies the lead.</summary>
    [Id(5)] public string? Email { get; init; }

    /// <summary>The phone number in E.164 form that identifies the lead.</summary>
    [Id(6)] public string? Phone { get; init; }

    /// <summary>The lead that referred this one.</summary>
    [Id(7)] public long? ParentId { get; init; }

    /// <summary>Everything else that is known of the lead.</summary>
    [Id(8)] public required LeadProfile Profile { get; init; }
}
