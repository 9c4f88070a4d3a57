using LeadEngine.Campaigns;

namespace LeadEngine.Grains.Fraud;

/// <summary>For what a campaign flags new leads, as far as the lead itself tells.</summary>
internal sealed class FraudRules(FraudSettings settings, DisposableDomains disposable)
{
    public const string DuplicateIp = "duplicate_ip";
    public const string DisposableEmail = "disposable_email";
    public const string BlockedDomain = "blocked_domain";
    public const string BlockedReferrer = "blocked_referrer";

    private readonly DomainSet _emails = new(settings.EmailDomains);
    private readonly DomainSet _referrers = new(settings.ReferrerDomains);

    /// <summary>The settings that these rules are made of.</summary>
    public FraudSettings Settings => settings;

    /// <summary>The lead, flagged if there is reason to.</summary>
    public NewLead Check(NewLead lead)
    {
        var email = DomainOf(lead.Email ?? lead.Profile.ContactEmail);
        if (settings.FlagDisposable && disposable.Covers(email)) lead = Flag(lead, DisposableEmail);
        if (_emails.Covers(email)) lead = Flag(lead, BlockedDomain);
        if (!_referrers.IsEmpty && _referrers.Covers(HostOf(lead.Profile.Referrer))) lead = Flag(lead, BlockedReferrer);
        return lead;
    }

    /// <summary>The lead with a reason more.</summary>
    public static NewLead Flag(NewLead lead, string reason) => lead with
    {
        Profile = lead.Profile with { Fraudulent = true, FraudReasons = [.. lead.Profile.FraudReasons, reason] },
    };

    private static ReadOnlySpan<char> DomainOf(string? email) => email is null ? [] : email.AsSpan(email.LastIndexOf('@') + 1);

    // Some clients send a referrer without its scheme.
    private static string? HostOf(string? referrer)
    {
        if (string.IsNullOrWhiteSpace(referrer)) return null;
        var text = referrer.Contains("://", StringComparison.Ordinal) ? referrer : $"https://{referrer}";
        return Uri.TryCreate(text, UriKind.Absolute, out var page) ? page.IdnHost : null;
    }
}
