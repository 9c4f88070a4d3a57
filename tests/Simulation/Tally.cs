using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation;

/// <summary>What happened in many histories: a promise that was never put to the test was not kept.</summary>
internal sealed class Tally
{
    private readonly SortedDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public int Seeds { get; private set; }

    public void Add(Tally other)
    {
        Seeds += other.Seeds;
        foreach (var (what, count) in other._counts) Count(what, count);
    }

    public static Tally Of(Testimony testimony, CommitLog log, IReadOnlyDictionary<string, int> faults)
    {
        var tally = new Tally { Seeds = 1 };
        foreach (var (fault, count) in faults) tally.Count($"fault: {fault}", count);
        foreach (var sent in testimony.Requests.SelectMany(request => request.Tries)) tally.Count(Tell(sent.Answer));
        tally.Count("requests", testimony.Requests.Count);
        tally.Count("requests tried again", testimony.Requests.Count(request => request.Tries.Count > 1));
        tally.Count("look-ups", testimony.Questions.Count + testimony.Listings.Count);
        tally.Count("changes of status", testimony.Rulings.Count);
        tally.Count("commands for leads", testimony.Requests.Count(request => request.Order is not null));
        tally.Count("work queued", log.Entries.Count(entry => entry is WorkQueued));
        tally.Count("work dropped", log.Entries.Count(entry => entry is WorkOver { IsDropped: true }));
        tally.Count("removals", log.Entries.Count(entry => entry is LeadRemoved));
        tally.Count("people", log.Entries.Count(entry => entry is PersonAdded));
        tally.Count("people gone", log.Entries.Count(entry => entry is PersonGone));
        tally.Count("people adopted", log.Entries.Count(entry => entry is PersonChanged { Before.Email: null, After.Email: not null }));
        tally.Count("clicks", log.Entries.Count(entry => entry is LinkClicked));
        tally.Count("subscriptions made, changed or removed", log.Entries.Count(entry => entry is SubscriptionSet or SubscriptionGone));
        tally.Count("events", log.Entries.Count(entry => entry is EventTold));
        foreach (var settled in log.Entries.OfType<DeliverySettled>()) tally.Count($"tries of events: {settled.Attempt.Fate}");
        tally.Count("dead letters sent again", log.Entries.OfType<DeliveriesReplayed>().Sum(entry => entry.Ids.Length));
        tally.Count("leads", log.Entries.Count(entry => entry is LeadAdded));
        tally.Count("writes of several requests", log.Entries.OfType<LeadChanged>().Count(IsFold));
        return tally;
    }

    public override string ToString() => $"{Seeds} seeds\n" + string.Join('\n', _counts.Select(pair => $"{pair.Value,12:N0}  {pair.Key}"));

    private static bool IsFold(LeadChanged changed) => changed.After.Lead.Counter > changed.Before.Lead.Counter + 1;

    private static string Tell(Answer? answer) => answer switch
    {
        null => "tries without an answer",
        { Outcome: Outcome.Done, LeadId: not null } => "tries answered: new among many",
        { Outcome: Outcome.Done, Reply: null } => "tries answered with the first answer",
        { Outcome: Outcome.Done, Reply.IsNew: true } => "tries answered: new",
        { Outcome: Outcome.Done } => "tries answered: updated",
        { Refusal: { } why } => $"tries refused: {why}",
        _ => $"tries refused: {answer.Outcome}",
    };

    private void Count(string what, long count = 1)
    {
        if (count > 0) _counts[what] = _counts.GetValueOrDefault(what) + count;
    }
}
