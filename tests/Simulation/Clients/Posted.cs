using System.Globalization;

namespace LeadEngine.Simulation.Clients;

/// <summary>A request that a process sent to a receiver, and what became of it.</summary>
internal sealed class Posted
{
    private const string IdPrefix = "evt_";

    public required int Process { get; init; }

    public required string Url { get; init; }

    /// <summary>What its header says.</summary>
    public required string Id { get; init; }

    public required string Body { get; init; }

    /// <summary>A timestamp of the simulation's clock, as the others are.</summary>
    public required long SentAt { get; init; }

    /// <summary>When the receiver took it; null when it did not.</summary>
    public long? HeardAt { get; set; }

    /// <summary>When its sender was answered, or waited no longer; null when its sender died.</summary>
    public long? EndedAt { get; set; }

    /// <summary>What was answered; null for nothing.</summary>
    public int? Status { get; set; }

    public bool Succeeded => Status is >= 200 and < 300;

    /// <summary>The event; null when it cannot be any.</summary>
    public long? EventId => Id.StartsWith(IdPrefix, StringComparison.Ordinal)
        && long.TryParse(Id.AsSpan(IdPrefix.Length), CultureInfo.InvariantCulture, out var id) ? id : null;

    public override string ToString() => $"{Id} from process {Process} for {Url}";
}
