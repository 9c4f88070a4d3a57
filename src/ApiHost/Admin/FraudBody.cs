using System.Globalization;
using LeadEngine.ApiHost.Http;
using LeadEngine.Campaigns;

namespace LeadEngine.ApiHost.Admin;

/// <summary>Whom a campaign flags as fraudulent, as the administration writes and reads it.</summary>
internal sealed record FraudBody
{
    private const int MaxSignupsPerIp = 1_000_000;
    private const int MaxDomains = 1_000;

    private static readonly IdnMapping Idn = new();

    public int? SignupsPerIp { get; init; }

    public bool FlagDisposable { get; init; }

    public string[] EmailDomains { get; init; } = [];

    public string[] ReferrerDomains { get; init; } = [];

    public static FraudBody From(FraudSettings settings) => new()
    {
        SignupsPerIp = settings.SignupsPerIp,
        FlagDisposable = settings.FlagDisposable,
        EmailDomains = [.. settings.EmailDomains],
        ReferrerDomains = [.. settings.ReferrerDomains],
    };

    public FraudSettings ToSettings() => new()
    {
        SignupsPerIp = SignupsPerIp,
        FlagDisposable = FlagDisposable,
        EmailDomains = [.. EmailDomains.Select(domain => Ascii(domain)!).Distinct()],
        ReferrerDomains = [.. ReferrerDomains.Select(domain => Ascii(domain)!).Distinct()],
    };

    public IEnumerable<FaultDetail> WhatIsWrong()
    {
        if (SignupsPerIp is < 1 or > MaxSignupsPerIp)
        {
            yield return Wrong("fraud.signups_per_ip", $"signups_per_ip must be from 1 to {MaxSignupsPerIp}, or null for any number.");
        }

        foreach (var wrong in WhatIsWrong("fraud.email_domains", EmailDomains)) yield return wrong;
        foreach (var wrong in WhatIsWrong("fraud.referrer_domains", ReferrerDomains)) yield return wrong;
    }

    private static IEnumerable<FaultDetail> WhatIsWrong(string name, string[] domains)
    {
        if (domains.Length > MaxDomains) yield return Wrong(name, $"At most {MaxDomains} domains are kept.");
        foreach (var (place, domain) in domains.Index())
        {
            if (Ascii(domain) is null) yield return Wrong($"{name}[{place}]", "This is no domain, for example spam.example.");
        }
    }

    /// <summary>A domain as addresses are kept: in lower case, and in its ASCII form. Null when it is none.</summary>
    private static string? Ascii(string? domain)
    {
        try
        {
            var ascii = Idn.GetAscii((domain ?? "").Trim().TrimStart('.').ToLowerInvariant());
            return Uri.CheckHostName(ascii) is UriHostNameType.Dns ? ascii : null;
        }
        catch (ArgumentException)
        {
            return null; // There is no other way to ask.
        }
    }

    private static FaultDetail Wrong(string name, string message) => new(name, "invalid_setting", message);
}
