using System.Diagnostics.CodeAnalysis;
using LeadEngine.Campaigns;

namespace LeadEngine.Leads;

/// <summary>A lead with its standing in the campaign, or the reason why there is none.</summary>
[GenerateSerializer, Immutable, Alias("leads.LeadReply")]
public sealed record LeadReply
{
    /// <summary>The lead, as the request left it.</summary>
    [Id(0)] public Lead? Lead { get; private init; }

    /// <summary>Where the lead stands in its campaign.</summary>
    [Id(1)] public Standing? Standing { get; private init; }

    /// <summary>This request made the lead.</summary>
    [Id(2)] public bool IsNew { get; private init; }

    /// <summary>Why the request was refused.</summary>
    [Id(3)] public LeadRefusal? Refusal { get; private init; }

    /// <summary>Whether the request succeeded.</summary>
    [MemberNotNullWhen(true, nameof(Lead), nameof(Standing))]
    public bool Succeeded => Lead is not null;

    /// <summary>The lead as added, found or updated.</summary>
    public static LeadReply Accepted(Lead lead, Standing standing, bool isNew = false) =>
        new() { Lead = lead, Standing = standing, IsNew = isNew };

    /// <summary>A refusal; it changed nothing, but for <see cref="LeadRefusal.Unknown"/>.</summary>
    public static LeadReply Refused(LeadRefusal why) => new() { Refusal = why };
}

/// <summary>Why an upsert or a look-up was refused.</summary>
public enum LeadRefusal
{
    /// <summary>There is no such campaign.</summary>
    CampaignNotFound,

    /// <summary>There is no such lead.</summary>
    LeadNotFound,

    /// <summary>The campaign has ended and takes no new leads.</summary>
    Ended,

    /// <summary>The campaign is locked and takes no writes.</summary>
    Locked,

    /// <summary>The engine is behind, or its store is away. Nothing changed.</summary>
    Busy,

    /// <summary>It is not known whether the change took effect. A repeat with the same request id is safe.</summary>
    Unknown,

    /// <summary>The lead would hold more than <see cref="LeadProfile.MaxCustomFields"/> custom fields. Nothing changed.</summary>
    TooManyFields,

    /// <summary>The person is in the campaign already, and the command was to add only.</summary>
    AlreadyExists,

    /// <summary>Between grains only: what the caller knew is out of date; it resolves again.</summary>
    AskAgain,
}
