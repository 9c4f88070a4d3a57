using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Store;
using LeadEngine.Webhooks;

namespace LeadEngine.Simulation.Promises;

/// <summary>All that became of an event for one subscription.</summary>
internal sealed class EventStory(SimulatedDatabase.DeliveryRow row, Subscription subscription, long time)
{
    public SimulatedDatabase.DeliveryRow Row => row;

    /// <summary>As it was when the event was told.</summary>
    public Subscription Subscription => subscription;

    /// <summary>When it was committed, as a timestamp.</summary>
    public long Time => time;

    /// <summary>When somebody took it, and until when it was that one's.</summary>
    public List<(long Time, long Until)> Taken { get; } = [];

    public List<DeliverySettled> Settled { get; } = [];

    public List<Posted> Posts { get; } = [];

    /// <summary>Its owner had it sent again after it was given up.</summary>
    public bool WasReplayed { get; set; }

    /// <summary>
    /// When its subscription was disabled or removed, or its lead was, if it was not over by then. What is under way is not stopped.
    /// </summary>
    public long? DroppedAt { get; set; }

    /// <summary>It is not on its way any more.</summary>
    public bool IsOver { get; set; }

    public override string ToString() =>
        $"event {row.Id} ({row.Kind} of lead {row.LeadId}, number {row.Number}, for subscription {row.SubscriptionId})";
}
