using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage;

/// <summary>What the activation that holds a campaign's newest epoch starts from.</summary>
/// <param name="AccountId">The account that the campaign belongs to.</param>
/// <param name="Epoch">The epoch that was taken.</param>
/// <param name="Status">Open, ended or locked.</param>
/// <param name="LeadCount">How many leads the campaign has.</param>
/// <param name="Scores">What is kept of scores; leads of whom nothing is are left out.</param>
public sealed record CampaignTenure(
    long AccountId, long Epoch, CampaignStatus Status, long LeadCount, ImmutableArray<ScoreRow> Scores);

/// <summary>The score of one lead.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Score">What its score is made of.</param>
public readonly record struct ScoreRow(long LeadId, LeadScore Score);

/// <summary>
/// The new leads and scored changes that waited at a campaign while its last unit was under way. No two new leads of a unit share an
/// identifier, and no two changes are of one lead.
/// </summary>
public sealed record CampaignUnit
{
    /// <summary>The campaign.</summary>
    public required long CampaignId { get; init; }

    /// <summary>The account that the campaign belongs to.</summary>
    public required long AccountId { get; init; }

    /// <summary>The epoch of the activation that sends the unit.</summary>
    public required long Epoch { get; init; }

    /// <summary>Leads that may be new, in the order in which they get their ranks.</summary>
    public ImmutableArray<NewLead> Adds { get; init; } = [];

    /// <summary>Changes that come with points.</summary>
    public ImmutableArray<LeadChange> Changes { get; init; } = [];

    /// <summary>
    /// Leads that shall go, after all else of the unit. They differ, and no change is of one of them. One that is gone refers nobody any
    /// more: neither as the referrer of a later lead, nor as the referrer's own. It counts no more for those who referred it, and for its
    /// referrer neither do those whom it referred.
    /// </summary>
    public ImmutableArray<LeadRemoval> Removals { get; init; } = [];
}

/// <summary>What became of a <see cref="CampaignUnit"/>.</summary>
public sealed record UnitReply
{
    /// <summary>The epoch was not the newest: nothing changed, and the sender must go.</summary>
    public static readonly UnitReply Fenced = new();

    /// <summary>Whether the unit was refused because its epoch was not the newest.</summary>
    public bool IsFenced => ReferenceEquals(this, Fenced);

    /// <summary>
    /// The unit was sent again after the store was lost: an earlier try may have landed, whose scores are not told here. Set by
    /// <c>LeadStore</c>.
    /// </summary>
    public bool WasInDoubt { get; init; }

    /// <summary>One for each new lead, in order.</summary>
    public ImmutableArray<AddOutcome> Adds { get; init; } = [];

    /// <summary>One for each change, in order.</summary>
    public ImmutableArray<LeadChangeReply> Changes { get; init; } = [];

    /// <summary>
    /// One for each removal, in order: null when the lead is not there any more, whoever removed it, else <see cref="LeadRefusal.Locked"/>.
    /// </summary>
    public ImmutableArray<LeadRefusal?> Removals { get; init; } = [];

    /// <summary>How many leads the campaign has after the unit.</summary>
    public long LeadCount { get; init; }

    /// <summary>
    /// The scores, as they are after the unit, of those whom its new leads, changes and removals give points or credit, or take it from.
    /// They are told also when an earlier try of the same unit had done that already, so that a sender who never saw that reply learns of
    /// them; what a removal took is told only once. Those of leads that the unit removed are not told.
    /// </summary>
    public ImmutableArray<ScoreRow> Scores { get; init; } = [];
}

/// <summary>What became of a <see cref="NewLead"/>: added, when <see cref="Rank"/> is set, else existing, else refused.</summary>
public readonly record struct AddOutcome
{
    /// <summary>The id of the new or the existing lead.</summary>
    public long LeadId { get; private init; }

    /// <summary>The rank that a new lead got; 0 if none was added.</summary>
    public long Rank { get; private init; }

    /// <summary>The referrer, if it is in the campaign.</summary>
    public long? ParentId { get; private init; }

    /// <summary><see cref="LeadRefusal.Ended"/> or <see cref="LeadRefusal.Locked"/>.</summary>
    public LeadRefusal? Refusal { get; private init; }

    /// <summary>
    /// Another lead has the e-mail address or phone number that does not identify: the new lead has it as contact data only.
    /// </summary>
    public bool LostClaim { get; private init; }

    /// <summary>The lead is new.</summary>
    public static AddOutcome Added(long leadId, long rank, long? parentId, bool lostClaim = false) =>
        new() { LeadId = leadId, Rank = rank, ParentId = parentId, LostClaim = lostClaim };

    /// <summary>A lead has the e-mail address already, else one has the phone number.</summary>
    public static AddOutcome Exists(long leadId) => new() { LeadId = leadId };

    /// <summary>The campaign takes no new leads.</summary>
    public static AddOutcome Refused(LeadRefusal why) => new() { Refusal = why };
}
