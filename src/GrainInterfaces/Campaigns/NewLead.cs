using LeadEngine.Leads;

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
}

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
