using System.Collections.Immutable;
using LeadEngine.Leads;
using LeadEngine.People;
using LeadEngine.Simulation.Store;
using LeadEngine.Webhooks;

namespace LeadEngine.Simulation.Clients;

/// <summary>All that was asked of the engine, and what it said.</summary>
internal sealed partial class Testimony(CommitLog log, TimeProvider clock)
{
    private int _moment;

    public List<ClientRequest> Requests { get; } = [];

    public List<Question> Questions { get; } = [];

    public List<Listing> Listings { get; } = [];

    public List<Ruling> Rulings { get; } = [];

    public List<Errand<Told<LeadRefusal?>>> Removals { get; } = [];

    public List<Errand<Told<int>>> MemberRulings { get; } = [];

    public List<Errand<Told<ImmutableArray<ImportedPerson>>>> Imports { get; } = [];

    public List<Errand<PersonReply>> Edits { get; } = [];

    public List<Errand<PeopleDeletion>> Deletions { get; } = [];

    public List<Errand<Told<string?>>> Clicks { get; } = [];

    public List<Errand<Told<ImmutableArray<Person>>>> Searches { get; } = [];

    public List<Errand<Told<int>>> Bans { get; } = [];

    public List<Errand<Told<Subscription?>>> Subscribings { get; } = [];

    public List<Errand<Told<bool>>> Unsubscribings { get; } = [];

    public List<Errand<Told<int>>> Replays { get; } = [];

    /// <summary>Exceptions that no host expects.</summary>
    public List<(string What, Exception Surprise)> Surprises { get; } = [];

    public Try<TAnswer> Begin<TAnswer>()
        where TAnswer : class => new(log.Position, ++_moment, clock.GetUtcNow());

    public void End<TAnswer>(Try<TAnswer> started, TAnswer answer)
        where TAnswer : class
    {
        started.To = log.Position;
        started.ToMoment = ++_moment;
        started.Answer = answer;
    }
}
