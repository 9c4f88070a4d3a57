using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Promises;

/// <summary>Holds what receivers were sent against what was committed: who wanted to hear of it, and what became of each event.</summary>
internal sealed partial class WebhookChecker(SimulatedDatabase database, Testimony testimony, Receiver receiver, bool isCalm)
{
    private readonly EventLedger _ledger = EventLedger.Of(database.Log, testimony);

    public void Check()
    {
        var complaint = receiver.Complaints.FirstOrDefault();
        Broken.Unless(complaint is null, $"The engine takes it for a fault of its own: {complaint}");
        _ledger.Check();
        foreach (var posted in receiver.Posts) CheckSource(posted);
        foreach (var story in _ledger.Stories.Values) CheckStory(story);
        foreach (var lead in _ledger.Stories.Values.Where(story => story.Row.LeadId is not null)
            .GroupBy(story => (story.Row.SubscriptionId, story.Row.LeadId))) CheckOrder([.. lead]);
        CheckEnds();
        CheckOrders();
    }

    /// <summary>Whatever is sent tells of a commit, to those who wanted to know, and by somebody whose turn it is.</summary>
    private void CheckSource(Posted posted)
    {
        var story = posted.EventId is { } id ? _ledger.Stories.GetValueOrDefault(id) : null;
        Broken.Unless(story is not null && story.Time <= posted.SentAt, $"{posted}: no commit tells of that.");
        Broken.Unless(story.Subscription.Url == posted.Url, $"{posted}: {story} is for {story.Subscription.Url}.");
        Broken.Unless(
            EventWords.Of(story).All(words => posted.Body.Contains(words, StringComparison.Ordinal)),
            $"{posted} does not tell of {story}: {posted.Body}");
        Broken.Unless(
            story.Taken.Exists(taken => taken.Time <= posted.SentAt && taken.Until >= posted.SentAt),
            $"{posted}: it was sent by somebody whose turn it was not.");
        story.Posts.Add(posted);
    }

    /// <summary>
    /// What comes first is heard first, and is not heard again after what comes next: that is only sent when the one before is over. (Dead
    /// letters that are sent again are late, and what was under way when its webhook was switched off holds up nothing.)
    /// </summary>
    private static void CheckOrder(EventStory[] ofLead)
    {
        var heard = ofLead.Where(story => !story.WasReplayed)
            .SelectMany(story => story.Posts, (story, posted) => (Story: story, posted.HeardAt))
            .Where(one => one.HeardAt is { } at && !(one.Story.DroppedAt < at)).OrderBy(one => one.HeardAt).ToList();
        foreach (var (before, after) in heard.Zip(heard.Skip(1)))
            Broken.Unless(before.Story.Row.Number <= after.Story.Row.Number, $"{after.Story} was heard after {before.Story}.");
    }

    /// <summary>Who says that it wants no more is left alone, once nothing goes wrong.</summary>
    private void CheckEnds()
    {
        foreach (var posts in receiver.Posts.Where(posted => posted.EndedAt is not null).GroupBy(posted => posted.Url))
        {
            var last = posts.Last();
            if (last.Status != 410 || last.EndedAt < receiver.WellSince) continue;
            var id = _ledger.Stories[last.EventId!.Value].Row.SubscriptionId;
            Broken.Unless(
                !database.Subscriptions.TryGetValue(id, out var subscription) || subscription.DisabledFor is not null,
                $"Subscription {id} answered 410, and is told of events still.");
        }
    }

    /// <summary>What owners were told of their webhooks is so.</summary>
    private void CheckOrders()
    {
        foreach (var sent in testimony.Subscribings.SelectMany(errand => errand.Tries))
        {
            if (sent.Answer is not { Value: { } told }) continue;
            var isSet = database.Log.Entries.Take(sent.To!.Value).OfType<SubscriptionSet>().Select(entry => entry.Subscription).Any(set =>
                (set.Id, set.Kinds, set.DisabledFor) == (told.Id, told.Kinds, told.DisabledFor));
            Broken.Unless(isSet, $"Subscription {told.Id} was acknowledged, and is not so.");
        }

        foreach (var errand in testimony.Unsubscribings)
        {
            if (errand.Tries.Find(sent => sent.Answer is not null) is not { To: { } to }) continue;
            var id = ((Unsubscribing)errand.Command).SubscriptionId;
            var isGone = database.Log.Entries.Take(to).Any(entry => entry is SubscriptionGone gone && gone.Id == id);
            Broken.Unless(isGone, $"{errand} was acknowledged, and it is there.");
        }
    }
}
