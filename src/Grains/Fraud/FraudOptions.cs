namespace LeadEngine.Grains.Fraud;

/// <summary>What is known of fraud in all campaigns: configuration section <c>Fraud</c>.</summary>
public sealed class FraudOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Fraud";

    /// <summary>
    /// Domains of services for throw-away addresses, with all below them, beside those that the engine knows. Default none.
    /// </summary>
    public string[] DisposableDomains { get; set; } = [];

    /// <summary>
    /// A text file with a domain on each line, read once at the start; lines that are empty or begin with <c>#</c> are skipped. Default
    /// none.
    /// </summary>
    public string? DisposableDomainsFile { get; set; }
}
