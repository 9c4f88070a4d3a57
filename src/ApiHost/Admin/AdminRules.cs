using System.Diagnostics;
using LeadEngine.Campaigns;

namespace LeadEngine.ApiHost.Admin;

/// <summary>What the administration takes for names of things.</summary>
internal static class AdminRules
{
    public const int MaxNameLength = 255;

    public static bool IsName(string? text) =>
        text is { Length: > 0 and <= MaxNameLength } && !string.IsNullOrWhiteSpace(text) && !text.Contains('\0');

    public static string NameOf(CampaignStatus status) => status switch
    {
        CampaignStatus.Open => "open",
        CampaignStatus.Ended => "ended",
        CampaignStatus.Locked => "locked",
        _ => throw new UnreachableException("A campaign is open, ended or locked."),
    };

    /// <returns>Null when it is no status.</returns>
    public static CampaignStatus? StatusOf(string? name) => name switch
    {
        "open" => CampaignStatus.Open,
        "ended" => CampaignStatus.Ended,
        "locked" => CampaignStatus.Locked,
        _ => null,
    };

    public static string NameOf(PostingStrategy strategy) => strategy switch
    {
        PostingStrategy.AsReceived => "as_received",
        PostingStrategy.EarliestFirst => "earliest_first",
        PostingStrategy.LatestFirst => "latest_first",
        _ => throw new UnreachableException("Leads are posted in one of these orders."),
    };

    /// <returns>Null when it is no posting strategy.</returns>
    public static PostingStrategy? StrategyOf(string? name) => name switch
    {
        "as_received" => PostingStrategy.AsReceived,
        "earliest_first" => PostingStrategy.EarliestFirst,
        "latest_first" => PostingStrategy.LatestFirst,
        _ => null,
    };
}
