using System.Collections.Immutable;
using LeadEngine.Leads;
using LeadEngine.Webhooks;

namespace LeadEngine.Grains.Leads;

/// <summary>What a request makes of a lead.</summary>
/// <param name="After">The lead, but for the identifiers that it may gain.</param>
internal sealed record LeadEffect(Lead After)
{
    /// <summary>There is something to write.</summary>
    public bool IsChange { get; init; } = true;

    /// <summary>Points to give, or to take.</summary>
    public int Points { get; init; }

    /// <summary>Actions and tags whose points the lead gets, by id.</summary>
    public ImmutableArray<long> Earned { get; init; } = [];

    /// <summary>What to tell of it.</summary>
    public ImmutableArray<EventNote> Events { get; init; } = [];

    /// <summary>An owner's verdict on the lead: it stands also after the end.</summary>
    public bool IsReview { get; init; }

    /// <summary>It is about points, and means nothing without them.</summary>
    public bool OnlyWhileOpen { get; init; }

    /// <summary>Nothing is to be done.</summary>
    public static LeadEffect None(Lead lead) => new(lead) { IsChange = false };
}
