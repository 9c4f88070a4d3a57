using System.ComponentModel.DataAnnotations;

namespace LeadEngine.ApiHost.Limits;

/// <summary>
/// How many requests the public API takes: configuration section <c>RateLimits</c>. A rule is a list of limits that hold together, each
/// <c>requests/seconds</c>: <c>10/60, 20/180</c> is 10 in any minute and 20 in any three. 1 to 1,000,000,000 requests, 1 to 600 seconds, at
/// most ten limits; an empty rule limits nothing.
/// </summary>
public sealed class RateLimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "RateLimits";

    /// <summary>Whether there are any limits. Default true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Look-ups without an API key, by IP address and campaign. Default <c>100/60, 200/180, 300/540</c>.</summary>
    [RateRuleText]
    public string CampaignGets { get; set; } = "100/60, 200/180, 300/540";

    /// <summary>Sign-ups without an API key, by IP address and campaign. Default <c>10/60, 20/180, 30/540</c>.</summary>
    [RateRuleText]
    public string CampaignPosts { get; set; } = "10/60, 20/180, 30/540";

    /// <summary>Sign-ups without an API key, by IP address, in all campaigns together. Default <c>50/60</c>.</summary>
    [RateRuleText]
    public string ClientPosts { get; set; } = "50/60";

    /// <summary>Requests that delete, by account. Default <c>60/60</c>.</summary>
    [RateRuleText]
    public string AccountDeletes { get; set; } = "60/60";
}

/// <summary>A text that says a rule.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class RateRuleTextAttribute : ValidationAttribute
{
    public override bool IsValid(object? value) => value is string text && RateRuleText.TryRead(text, out _);

    public override string FormatErrorMessage(string name) =>
        $"{RateLimitOptions.Section}:{name} must be limits as requests/seconds, for example 10/60, 20/180.";
}
