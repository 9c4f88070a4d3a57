using System.Collections.Immutable;
using LeadEngine.Leads;
using LeadEngine.Webhooks;

namespace LeadEngine.Campaigns;

/// <summary>A lead as it is stored, with what is needed to change it safely.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.StoredLead")]
public sealed record StoredLead
{
    /// <summary>The lead.</summary>
    [Id(0)] public required Lead Lead { get; init; }

    /// <summary>Rises by one with each write of the row.</summary>
    [Id(1)] public required long Version { get; init; }

    /// <summary>The requests that the row has seen.</summary>
    [Id(2)] public required RequestLog Requests { get; init; }
}

/// <summary>The last requests that a lead's row has seen, so that a repeat is answered rather than applied.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.RequestLog")]
public sealed record RequestLog
{
    /// <summary>The last requests, oldest first.</summary>
    [Id(0)] public ImmutableArray<SeenRequest> Recent { get; init; } = [];

    /// <summary>When the last of the requests that have been forgotten was received; null while none has been.</summary>
    [Id(1)] public DateTimeOffset? ForgottenUntil { get; init; }
}

/// <summary>A request that took effect.</summary>
/// <param name="Id">Its id.</param>
/// <param name="ReceivedAt">When its first try was received.</param>
[GenerateSerializer, Immutable, Alias("campaigns.SeenRequest")]
public readonly record struct SeenRequest([property: Id(0)] Guid Id, [property: Id(1)] DateTimeOffset ReceivedAt);

/// <summary>One write of a lead's row: the outcome of one or more upserts that waited together.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.LeadChange")]
public sealed record LeadChange
{
    /// <summary>The lead as it shall be, but for the identifiers to claim, which the store adds if they are free.</summary>
    [Id(0)] public required Lead After { get; init; }

    /// <summary>The version that the change was made from.</summary>
    [Id(1)] public required long ExpectedVersion { get; init; }

    /// <summary>The row's requests, those of this change included.</summary>
    [Id(2)] public required RequestLog Requests { get; init; }

    /// <summary>
    /// E-mail address that the change came with, to gain unless the lead has one. When another lead has it, the whole change is refused
    /// with <see cref="LeadRefusal.AskAgain"/>.
    /// </summary>
    [Id(3)] public string? ClaimEmail { get; init; }

    /// <summary>Phone number to gain. When another lead has it, it stays there.</summary>
    [Id(4)] public string? ClaimPhone { get; init; }

    /// <summary>Points to add; ignored when the campaign is not open. The score never falls below 0.</summary>
    [Id(5)] public int Points { get; init; }

    /// <summary>Idempotency keys to spend.</summary>
    [Id(6)] public ImmutableArray<IdempotencyClaim> Idempotency { get; init; } = [];

    /// <summary>
    /// The change tells of names, an e-mail address or a phone number that the lead did not have: what its person in the account's
    /// directory lacks is filled in, and a lead that gains an e-mail address is linked to the person who has it.
    /// </summary>
    [Id(7)] public bool ConcernsPerson { get; init; }

    /// <summary>
    /// The lead's points by hand do not fall below this, so that the contest score does not fall below 0: set by the campaign, from what
    /// the other parts of the score are worth. At most 0.
    /// </summary>
    [Id(8)] public int LeastPoints { get; init; }

    /// <summary>Actions and tags whose points the lead gets, by id; ignored when the campaign is not open.</summary>
    [Id(9)] public ImmutableArray<long> Earned { get; init; } = [];

    /// <summary>
    /// As what the lead counts for those who referred it from now on; null when that does not change. Being counted for more is ignored
    /// when the campaign is not open, unless <see cref="IsReview"/>.
    /// </summary>
    [Id(10)] public ReferralClass? CountsAs { get; init; }

    /// <summary>
    /// An owner blocks or approves the lead, as owners do after a contest: it counts, and takes part, accordingly at any time.
    /// </summary>
    [Id(11)] public bool IsReview { get; init; }

    /// <summary>Queued work that is over with this change.</summary>
    [Id(12)] public ImmutableArray<long> Tasks { get; init; } = [];

    /// <summary>What to tell those who subscribed to it.</summary>
    [Id(13)] public ImmutableArray<EventNote> Events { get; init; } = [];

    /// <summary>
    /// Refused with <see cref="LeadRefusal.Ended"/> as a whole when the campaign has ended: by the campaign, which knows; stores need not
    /// look.
    /// </summary>
    [Id(14)] public bool OnlyWhileOpen { get; init; }

    /// <summary>Whether the campaign has to write it, since it is about scores.</summary>
    public bool IsScored => Points != 0 || !Earned.IsDefaultOrEmpty || CountsAs is not null || OnlyWhileOpen;
}

/// <summary>As what a lead counts for those who referred it. The numbers are stored.</summary>
public enum ReferralClass
{
    /// <summary>As nobody: it is flagged as fraudulent. It takes no part in the contest itself either.</summary>
    Nobody = 0,

    /// <summary>As somebody who is not verified.</summary>
    Unverified = 1,

    /// <summary>As somebody who is verified.</summary>
    Verified = 2,
}

/// <summary>What became of a <see cref="LeadChange"/>: the stored lead, or a refusal; exactly one is set.</summary>
[GenerateSerializer, Immutable, Alias("campaigns.LeadChangeReply")]
public sealed record LeadChangeReply
{
    /// <summary>The lead as stored.</summary>
    [Id(0)] public StoredLead? Stored { get; private init; }

    /// <summary>
    /// <see cref="LeadRefusal.AskAgain"/> when the row has another version or is gone, or the e-mail was taken;
    /// <see cref="LeadRefusal.Ended"/>, <see cref="LeadRefusal.Locked"/>, <see cref="LeadRefusal.Busy"/>,
    /// <see cref="LeadRefusal.Unknown"/>.
    /// </summary>
    [Id(1)] public LeadRefusal? Refusal { get; private init; }

    /// <summary>The change is on disk.</summary>
    public static LeadChangeReply Applied(StoredLead stored) => new() { Stored = stored };

    /// <summary>The change was refused.</summary>
    public static LeadChangeReply Refused(LeadRefusal why) => new() { Refusal = why };
}
