using System.ComponentModel.DataAnnotations;

namespace LeadEngine.ApiHost.Webhooks;

/// <summary>How events are delivered: configuration section <c>Webhooks</c>.</summary>
public sealed class WebhookOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Webhooks";

    /// <summary>
    /// Whom webhooks may reach although their addresses are not public: host names, and networks such as <c>10.1.0.0/16</c>. Default:
    /// nobody. For tests and intranets: whoever may make a webhook can reach what is named here.
    /// </summary>
    public string[] AllowedHosts { get; set; } = [];

    /// <summary>How many deliveries are under way at once on a host; 1 to 10,000. Default 256.</summary>
    [Range(1, 10_000)]
    public int MaxParallel { get; set; } = 256;

    /// <summary>How many of them for one subscription; 1 to 10,000. Default 32.</summary>
    [Range(1, 10_000)]
    public int MaxParallelPerSubscription { get; set; } = 32;

    /// <summary>How long a host waits before it looks again when nothing was due; 10 ms to 10 s. Default 0.5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:00:10")]
    public TimeSpan IdlePause { get; set; } = TimeSpan.FromSeconds(0.5);
}
