using LeadEngine.Simulation.Store;
using LeadEngine.Webhooks;

namespace LeadEngine.Simulation.Promises;

/// <summary>What becomes of events in the database.</summary>
internal sealed partial class EventLedger
{
    private void Follow(Applied entry)
    {
        switch (entry)
        {
            case SubscriptionSet { Subscription: var subscription }:
                _live[subscription.Id] = subscription;
                if (subscription.DisabledFor is not null) Drop(told => told.Row.SubscriptionId == subscription.Id && !told.IsOver, entry.Time);
                break;
            case SubscriptionGone gone:
                _live.Remove(gone.Id);
                Drop(told => told.Row.SubscriptionId == gone.Id, entry.Time);
                break;
            case LeadRemoved { Row.Lead.Id: var leadId }:
                Drop(told => told.Row.LeadId == leadId, entry.Time);
                break;
            case EventTold { Row: var row }:
                _stories.Add(row.Id, new EventStory(row, _live[row.SubscriptionId], entry.Time));
                Count(_told, new Telling(row.SubscriptionId, row.LeadId, row.Kind, entry.Time), 1);
                break;
            case DeliveriesTaken taken:
                foreach (var id in taken.Ids) _stories[id].Taken.Add((taken.Time, taken.Time + taken.Lease.Ticks));
                break;
            case DeliverySettled settled:
                var story = _stories[settled.Row.Id];
                story.Settled.Add(settled);
                story.IsOver = settled.Attempt.Fate is not Fate.TryAgain;
                break;
            case DeliveriesReplayed replayed:
                foreach (var id in replayed.Ids) (_stories[id].WasReplayed, _stories[id].IsOver) = (true, false);
                break;
        }
    }

    private void Drop(Func<EventStory, bool> which, long time)
    {
        foreach (var story in _stories.Values.Where(which)) story.DroppedAt ??= time;
    }
}
