using System.Globalization;
using LeadEngine.People;

namespace LeadEngine.Simulation.Promises;

/// <summary>What the model knows of a person: how it was, and for how long.</summary>
internal sealed class ModelPerson(Person first, int since)
{
    private readonly List<(int At, Person State)> _states = [(since, first)];

    public long Id { get; } = first.Id;

    /// <summary>How it is.</summary>
    public Person Now => _states[^1].State;

    /// <summary>How it has to be at the end of the transaction.</summary>
    public Person Due { get; set; } = first;

    public int? RemovedAt { get; private set; }

    public bool IsGone => RemovedAt is not null;

    public void Set(Person state, int at)
    {
        _states.Add((at, state));
        Due = state;
    }

    public void Remove(int at) => RemovedAt = at;

    public bool WasThereBetween(int from, int to) => since < to && !(RemovedAt < from);

    public bool WasThereFromTo(int from, int to) => since < from && !(RemovedAt < to);

    /// <summary>How it was at some moment between two positions.</summary>
    public IEnumerable<Person> StatesBetween(int from, int to) => _states
        .Where((state, i) => state.At < to && (i + 1 == _states.Count || _states[i + 1].At >= from)).Select(state => state.State);

    public static string Text(Person person) => string.Create(
        CultureInfo.InvariantCulture,
        $"person {person.Id} of account {person.AccountId}, version {person.Version}, {person.Email ?? "-"}, {person.Phone ?? "-"}, {person.Details.FirstName}, "
        + $"{person.Details.CompanyName}: {string.Join(' ', person.Details.CustomFields.Select(field => (field.Name, field.Json)))}");
}
