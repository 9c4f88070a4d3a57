using System.ComponentModel.DataAnnotations;

namespace LeadEngine.Grains;

/// <summary>Limits of the grains: configuration section <c>Engine</c>.</summary>
public sealed class EngineOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Engine";

    /// <summary>
    /// How many upserts may wait at one identifier or one lead before more are refused as busy; 1 to 100,000. Default 1,000.
    /// </summary>
    [Range(1, 100_000)]
    public int MaxWaiting { get; set; } = 1_000;

    /// <summary>How many new leads may wait at one campaign before more are refused as busy; 1 to 1,000,000. Default 20,000.</summary>
    [Range(1, 1_000_000)]
    public int MaxWaitingAtCampaign { get; set; } = 20_000;

    /// <summary>How many new leads go into one unit at most; 1 to 10,000. Default 1,000.</summary>
    [Range(1, 10_000)]
    public int UnitSize { get; set; } = 1_000;

    /// <summary>How long a request under an idempotency key counts as running if it never ends; 10 s to 10 min. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:10", "00:10:00")]
    public TimeSpan IdempotencyLease { get; set; } = TimeSpan.FromSeconds(30);
}
