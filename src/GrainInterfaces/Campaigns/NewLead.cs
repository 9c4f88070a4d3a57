using System.Collections.Immutable;
using LeadEngine.Leads;
using LeadEngine.People;
using LeadEngine.Webhooks;

namespace LeadEngine.Campaigns;

/// <summary>A lead that may be new to its campaign.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.NewLead")]
public sealed record NewLead
{
    /// <summary>The request that brought it; its time becomes the time of sign-up.</summary>
    [Id(0)] public required RequestStamp Request { get; init; }

    /// <summary>Normalized e-mail address. At least one of e-mail and phone is set.</summary>
    [Id(1)] public string? Email { get; init; }

    /// <summary>Phone number in E.164 form.</summary>
    [Id(2)] public string? Phone { get; init; }

    /// <summary>The referrer; ignored when it is not in the campaign.</summary>
    [Id(3)] public long? ReferrerId { get; init; }

    /// <summary>Points to start with.</summary>
    [Id(4)] public int Points { get; init; }

    /// <summary>What is known of the person.</summary>
    [Id(5)] public required LeadProfile Profile { get; init; }

    /// <summary>Which of the values identify. Another is claimed as an identifier only if no lead of the campaign has it.</summary>
    [Id(6)] public Identification IdentifiedBy { get; init; }

    /// <summary>What a person who is new to the account's directory starts with. Default: the names in <see cref="Profile"/>.</summary>
    [Id(7)] public PersonDetails? Person { get; init; }

    /// <summary>A short link to make with the lead.</summary>
    [Id(8)] public ShortLink? ShortLink { get; init; }

    /// <inheritdoc cref="UpsertLead.SkipIpCheck"/>
    [Id(9)] public bool SkipIpCheck { get; init; }

    /// <summary>What the lead has earned by the tags that it comes with: their ids, in the order of the ids.</summary>
    [Id(10)] public ImmutableArray<long> Earned { get; init; } = [];

    /// <summary>What to tell, beside the sign-up itself, those who subscribed to it.</summary>
    [Id(11)] public ImmutableArray<EventNote> Events { get; init; } = [];
}

/// <summary>Leads to add together: those who are in the campaign already are left as they are.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.AddLeads")]
public sealed record AddLeads
{
    /// <summary>How many leads a command may hold.</summary>
    public const int MaxLeads = 5_000;

    /// <summary>The leads, each under a request id of its own. Their e-mail addresses differ.</summary>
    [Id(0)] public required ImmutableArray<NewLead> Leads { get; init; }
}

/// <summary>What became of one lead of <see cref="AddLeads"/>: new, or existing, or refused.</summary>
/// <param name="LeadId">The new or the existing lead; 0 when refused.</param>
/// <param name="IsNew">The request made the lead.</param>
/// <param name="Refusal">Why nothing was added.</param>
[GenerateSerializer, Immutable, Alias("campaigns.AddedLead")]
public readonly record struct AddedLead(
    [property: Id(0)] long LeadId, [property: Id(1)] bool IsNew, [property: Id(2)] LeadRefusal? Refusal);

/// <summary>What became of a <see cref="NewLead"/>: added, or existing, or refused; exactly one is set.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.AddReply")]
public sealed record AddReply
{
    /// <summary>The reply for the new lead.</summary>
    [Id(0)] public LeadReply? Added { get; private init; }

    /// <summary>The lead that has the e-mail address already, else the one that has the phone number.</summary>
    [Id(1)] public long? ExistingId { get; private init; }

    /// <summary>Why nothing was added.</summary>
    [Id(2)] public LeadRefusal? Refusal { get; private init; }

    /// <summary>The lead is new.</summary>
    public static AddReply New(Lead lead, Standing standing) => new() { Added = LeadReply.Accepted(lead, standing, isNew: true) };

    /// <summary>The person is in the campaign already.</summary>
    public static AddReply Exists(long leadId) => new() { ExistingId = leadId };

    /// <summary>Nothing was added.</summary>
    public static AddReply Refused(LeadRefusal why) => new() { Refusal = why };
}
