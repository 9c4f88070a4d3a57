using System.Collections.Immutable;
using LeadEngine.Leads;

namespace LeadEngine.Campaigns;

/// <summary>The same command for many leads, which are named by identifiers of one kind (surfaces.md A.2).</summary>
[GenerateSerializer, Immutable, Alias("campaigns.BulkCommand")]
public sealed record BulkCommand
{
    /// <summary>How many leads a command may name.</summary>
    public const int MaxLeads = 250;

    /// <summary>Which request this is. A repeat is carried out again: commands of this kind say how a lead shall be.</summary>
    [Id(0)] public required RequestStamp Request { get; init; }

    /// <summary>What to do; all but <see cref="LeadOrder.GivePoints"/> and <see cref="LeadOrder.CompleteAction"/>.</summary>
    [Id(1)] public required LeadOrder Order { get; init; }

    /// <summary>The tag of <see cref="LeadOrder.Tag"/>; else 0.</summary>
    [Id(2)] public long Subject { get; init; }

    /// <summary>Normalized e-mail addresses or phone numbers; those that name nobody are left out.</summary>
    [Id(3)] public ImmutableArray<IdentifierKey> Identifiers { get; init; } = [];

    /// <summary>Leads by id; those of other campaigns are left out.</summary>
    [Id(4)] public ImmutableArray<long> LeadIds { get; init; } = [];
}

/// <summary>How many leads a <see cref="BulkCommand"/> was queued for, or why it was not.</summary>
/// <param name="Matched">How many different leads it names; 0: nothing was queued.</param>
/// <param name="Refusal">
/// <see cref="LeadRefusal.CampaignNotFound"/>, <see cref="LeadRefusal.Busy"/>, <see cref="LeadRefusal.Unknown"/> or
/// <see cref="LeadRefusal.AskAgain"/>.
/// </param>
[GenerateSerializer, Immutable, Alias("campaigns.QueueReply")]
public readonly record struct QueueReply([property: Id(0)] int Matched, [property: Id(1)] LeadRefusal? Refusal);
