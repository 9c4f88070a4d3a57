using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Webhooks;

namespace LeadEngine.Grains.Leads;

/// <summary>What an upsert makes of a lead's profile (kickofflabs-create-lead.txt, "Update behavior").</summary>
internal static class LeadRules
{
    private static readonly EventNote SignedUpAgain = new(EventKind.RepeatSignup);
    private static readonly LeadProfile Blank = new();

    /// <summary>The profile of a new lead.</summary>
    public static LeadProfile NewProfile(LeadPatch patch, ImmutableArray<LeadTag> tags) =>
        Merge(Blank with { Tags = Tagging.Names([], Tagging.Missing(Blank, tags)) }, patch);

    /// <summary>What there is to tell of a new lead, beside its sign-up: of each tag.</summary>
    public static ImmutableArray<EventNote> NewEvents(ImmutableArray<LeadTag> tags) =>
        [.. Tagging.Missing(Blank, tags).Select(Tagging.Note)];

    /// <summary>
    /// The lead after an update, but for the identifiers that it may gain: counted once more, opted in again unless the command says to
    /// keep the opt-out, and with what the command says in place of what was known.
    /// </summary>
    public static Lead Update(Lead lead, UpsertLead command) => lead with
    {
        Counter = lead.Counter + 1,
        Profile = Merge(lead.Profile, command.Patch) with
        {
            OptedOut = lead.Profile.OptedOut && command.KeepOptOut,
            CountedIp = lead.Profile.CountedIp ?? FormerIp(lead.Profile.Ip, command.Patch.Ip),
        },
    };

    /// <summary>An upsert of a lead that is there, with all that comes with it.</summary>
    public static LeadEffect Upsert(Lead lead, UpsertLead command)
    {
        var given = Tagging.Missing(lead.Profile, command.Tags);
        var after = Update(lead, command);
        return new LeadEffect(given.IsEmpty ? after : after with { Profile = after.Profile with { Tags = Tagging.Names(after.Profile.Tags, given) } })
        {
            Points = command.Points,
            Earned = Tagging.Earned(given),
            Events = [SignedUpAgain, .. given.Select(Tagging.Note)],
        };
    }

    /// <summary>Whether an update tells of names or ways to reach the person that the lead did not have.</summary>
    public static bool ConcernsPerson(LeadProfile before, LeadProfile after) =>
        before.FirstName != after.FirstName || before.LastName != after.LastName
        || before.ContactEmail != after.ContactEmail || before.ContactPhone != after.ContactPhone;

    // It is the sign-up that counts for its address. Null: that address stays the lead's.
    private static string? FormerIp(string? known, string? next) => next is null || next == known ? null : known ?? "";

    private static LeadProfile Merge(LeadProfile known, LeadPatch patch) => known with
    {
        FirstName = patch.FirstName ?? known.FirstName,
        LastName = patch.LastName ?? known.LastName,
        Uid = patch.Uid ?? known.Uid,
        Ip = patch.Ip ?? known.Ip,
        Referrer = patch.Referrer ?? known.Referrer,
        SignupUrl = patch.SignupUrl ?? known.SignupUrl,
        Source = patch.Source ?? known.Source,
        SessionId = patch.SessionId ?? known.SessionId,
        ClientRequestId = patch.ClientRequestId ?? known.ClientRequestId,
        RedirectUrl = patch.RedirectUrl ?? known.RedirectUrl,
        CustomFields = Merging.Fields(known.CustomFields, patch.CustomFields),
        Utm = Merging.ByName(known.Utm, patch.Utm, parameter => parameter.Name),
        ContactEmail = patch.ContactEmail ?? known.ContactEmail,
        ContactPhone = patch.ContactPhone ?? known.ContactPhone,
        PhoneAsSent = patch.PhoneAsSent ?? known.PhoneAsSent,
        Region = patch.Region ?? known.Region,
        ZipCode = patch.ZipCode ?? known.ZipCode,
        Link = patch.Link ?? known.Link,
        ExternalCreatedAt = patch.ExternalCreatedAt ?? known.ExternalCreatedAt,
    };
}
