using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Clients;

namespace LeadEngine.Simulation.Promises;

/// <summary>What became of a lead by what was done with it.</summary>
internal sealed record ModelMarks
{
    public bool OptedOut { get; init; }

    public bool SmsOptedOut { get; init; }

    public bool VerifiedEmail { get; init; }

    public bool VerifiedPhone { get; init; }

    public bool Waitlisted { get; init; }

    /// <summary>Why it is flagged as fraudulent; null when it is not.</summary>
    public string? Flag { get; init; }

    /// <summary>Names of its tags, in the order in which they came.</summary>
    public string Tags { get; init; } = "";

    /// <summary>The actions that it completed, in their order.</summary>
    public string Actions { get; init; } = "";

    /// <summary>As what it counts, if nothing forbids that.</summary>
    public ReferralClass Class => this switch
    {
        { Flag: not null } => ReferralClass.Nobody,
        { VerifiedEmail: true } or { VerifiedPhone: true } => ReferralClass.Verified,
        _ => ReferralClass.Unverified,
    };

    public static ModelMarks Of(LeadProfile profile) => new()
    {
        OptedOut = profile.OptedOut,
        SmsOptedOut = profile.SmsOptedOut,
        VerifiedEmail = profile.VerifiedEmail,
        VerifiedPhone = profile.VerifiedPhone,
        Waitlisted = profile.Waitlisted,
        Flag = profile.Fraudulent ? string.Join(' ', profile.FraudReasons) : null,
        Tags = string.Concat(profile.Tags.Select(tag => $" {tag}")),
        Actions = string.Concat(profile.CompletedActions.Select(action => $" {action}")),
    };

    /// <summary>What they are after a request.</summary>
    public ModelMarks After(ClientRequest request, bool hasEmail) => request.Order switch
    {
        null => this with { OptedOut = OptedOut && request.KeepOptOut },
        LeadOrder.OptOut => this with { OptedOut = true, SmsOptedOut = SmsOptedOut || !hasEmail },
        LeadOrder.OptIn => this with { OptedOut = false, SmsOptedOut = false },
        LeadOrder.Verify when hasEmail => this with { VerifiedEmail = true },
        LeadOrder.Verify or LeadOrder.VerifyPhone => this with { VerifiedPhone = true },
        LeadOrder.Block => this with { Flag = "blocked" },
        LeadOrder.Approve => this with { Flag = null },
        LeadOrder.Waitlist => this with { Waitlisted = true },
        LeadOrder.Unwaitlist => this with { Waitlisted = false },
        LeadOrder.Tag => this with { Tags = With(Tags, $"t{request.Subject}") },
        LeadOrder.CompleteAction => this with { Actions = With(Actions, $"{request.Subject}") },
        _ => this,
    };

    public override string ToString() =>
        (OptedOut ? ", opted out" : "") + (SmsOptedOut ? ", opted out of texts" : "") + (VerifiedEmail ? ", verified e-mail" : "")
        + (VerifiedPhone ? ", verified phone" : "") + (Waitlisted ? ", waiting" : "") + (Flag is null ? "" : $", fraud: {Flag}")
        + (Tags.Length == 0 ? "" : $", tags{Tags}") + (Actions.Length == 0 ? "" : $", actions{Actions}");

    private static string With(string known, string another) => known.Split(' ').Contains(another) ? known : $"{known} {another}";
}
