using System.ComponentModel.DataAnnotations;

namespace LeadEngine.ApiHost.Http;

/// <summary>How the engine is met over HTTP: configuration section <c>Http</c>.</summary>
public sealed class HttpOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Http";

    /// <summary>
    /// The http(s) address under which clients know the engine, for links in answers. Default: the address that a request was sent to,
    /// which is wrong behind a proxy that hides it.
    /// </summary>
    [Url]
    public string? PublicUrl { get; set; }

    /// <summary>
    /// The proxies in front of the engine, whose <c>X-Forwarded-For</c> is believed: IP addresses and networks, separated by commas, for
    /// example <c>10.0.0.5, 10.1.0.0/16</c>. Name no network in which clients are. Default: none, and the header means nothing.
    /// </summary>
    [ProxyList]
    public string TrustedProxies { get; set; } = "";

    /// <summary>
    /// How long a request may wait for the engine before it is answered 504; 1 s to 2 min. Default 10 s, more than the store's own.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:02:00")]
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a host that was told to stop waits for what it has accepted; 1 s to 5 min. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00")]
    public TimeSpan Drain { get; set; } = TimeSpan.FromSeconds(30);
}

/// <summary>A text that lists proxies.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class ProxyListAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is string text && TrustedProxies.TryRead(text, out _);

    public override string FormatErrorMessage(string name) =>
        $"{HttpOptions.Section}:{name} must be IP addresses and networks, separated by commas.";
}
