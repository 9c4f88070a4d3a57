using LeadEngine.Leads;
using LeadEngine.People;
using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Promises;

/// <summary>
/// The people of all accounts, as anybody would keep them who had one thing to do at a time: it says what has to become of them whenever a
/// lead is written, and insists that just that is in the database's log; all else has to come from somebody who asked for it.
/// </summary>
internal sealed class ModelDirectory(Testimony testimony)
{
    private readonly Dictionary<long, ModelPerson> _people = [];
    private readonly Queue<(string What, Func<Applied, bool> IsIt)> _due = new();
    private readonly Dictionary<long, ModelLead> _leads = [];
    private int _at;

    /// <summary>Everybody who ever was.</summary>
    public IReadOnlyDictionary<long, ModelPerson> People => _people;

    /// <summary>Takes an entry of the log that is about people.</summary>
    /// <returns>False if it is about something else.</returns>
    public bool Apply(Applied entry, int at)
    {
        _at = at;
        if (_due.TryDequeue(out var due))
        {
            Broken.Unless(due.IsIt(entry), $"There had to be {due.What}, but there was: {entry}.");
            return true;
        }

        switch (entry)
        {
            case PersonAdded { Person: var person }:
                Broken.Unless(AskedImport(person).Import.People.Any(asked => IsAsAsked(person, asked)), $"Nobody asked for {entry}.");
                Broken.Unless(Known(person.AccountId, person.Email, person.Phone) is null, $"There are two of one person: {entry}.");
                Add(person);
                return true;
            case PersonChanged { Before: var before, After: var after }:
                Broken.Unless(IsAsAsked(before, after), $"Nobody asked for {entry}.");
                Change(before, after);
                return true;
            case PersonGone { Person: var gone }:
                Broken.Unless(
                    testimony.Deletions.Exists(errand => errand.From <= at && errand.Command is Deletion deletion && deletion.PersonIds.Contains(gone.Id)),
                    $"Nobody asked for it: {entry}.");
                Remove(gone);
                return true;
            default:
                return false;
        }
    }

    public void End() => Broken.Unless(_due.Count == 0, $"There had to be {_due.FirstOrDefault().What}.");

    /// <summary>Whether somebody asked for the end of a person that a lead was: by force, if its campaign is under way.</summary>
    public bool IsToGo(ModelLead lead, bool isUnderWay, int at) => testimony.Deletions.Exists(errand =>
        errand.From <= at && errand.Command is Deletion deletion && (deletion.Force || !isUnderWay) && deletion.PersonIds.Intersect(lead.PersonIds).Any());

    /// <summary>A new lead has to be linked to its person.</summary>
    public void Link(ModelLead lead, ClientRequest request)
    {
        _leads.Add(lead.Id, lead);
        var details = request.IdentifiedBy is Identification.Email ? request.NewLead(false).Person! : new PersonDetails { FirstName = request.FirstName };
        Link(lead, details, Resolve(lead));
    }

    /// <summary>A lead that tells more of its person than before has to be linked anew, and its person gets what it lacks.</summary>
    public void LinkAnew(ModelLead lead)
    {
        var before = _people[lead.PersonIds[^1]];
        var person = Resolve(lead);
        if (person is not null && Complete(person, lead) is { } completed) ExpectChange(person, completed);
        if (person == before) return;
        Link(lead, new PersonDetails { FirstName = lead.Identity.FirstName }, person);
        if (before is { Now: { Email: null, Version: 1 } gone } && !_leads.Values.Any(other => other != lead && IsOf(other, before)))
            Expect($"the end of person {gone.Id}", entry => entry is PersonGone { Person.Id: var id } && id == gone.Id && Remove(gone));
    }

    private void Link(ModelLead lead, PersonDetails details, ModelPerson? person)
    {
        var (email, phone, _) = lead.Identity;
        if (person is null)
        {
            Expect($"a new person {email} {phone}", entry => entry is PersonAdded { Person: var added }
                && added.AccountId == Town.AccountOf(lead.CampaignId) && added.Version == 1
                && ModelPerson.Text(added) == ModelPerson.Text(added with { Email = email, Phone = phone, Details = details })
                && (person = Add(added)) is not null);
        }

        Expect($"a link of lead {lead.Id} to a person", entry => entry is LeadLinked linked && linked.LeadId == lead.Id && linked.PersonId == person!.Id
            && lead.LinkTo(person.Id));
    }

    /// <summary>The person that a lead is; null for somebody new.</summary>
    private ModelPerson? Resolve(ModelLead lead)
    {
        var (email, phone, _) = lead.Identity;
        var accountId = Town.AccountOf(lead.CampaignId);
        if (Known(accountId, email, phone) is { } known) return known;
        if (email is null || phone is null || Known(accountId, null, phone) is not { Now.Email: null } adopted) return null;
        ExpectChange(adopted, adopted.Due with { Email = email });
        return adopted;
    }

    private ModelPerson? Known(long accountId, string? email, string? phone)
    {
        var people = _people.Values.Where(person => !person.IsGone && person.Now.AccountId == accountId);
        if (email is not null) return people.SingleOrDefault(person => person.Now.Email == email);
        return people.SingleOrDefault(person => person.Now.Email is null && person.Now.Phone == phone)
            ?? people.Where(person => person.Now.Phone == phone).MinBy(person => person.Id);
    }

    private static Person? Complete(ModelPerson person, ModelLead lead)
    {
        var (due, (_, phone, firstName)) = (person.Due, lead.Identity);
        var completed = due with { Phone = due.Phone ?? phone, Details = due.Details with { FirstName = due.Details.FirstName ?? firstName } };
        return ModelPerson.Text(completed) == ModelPerson.Text(due) ? null : completed;
    }

    private void ExpectChange(ModelPerson person, Person after)
    {
        person.Due = after with { Version = person.Due.Version + 1 };
        var due = person.Due;
        Expect($"a change of person {due.Id} to {ModelPerson.Text(due)}", entry => entry is PersonChanged changed
            && ModelPerson.Text(changed.After) == ModelPerson.Text(due) && Change(changed.Before, changed.After));
    }

    private void Expect(string what, Func<Applied, bool> isIt) => _due.Enqueue((what, isIt));

    private ModelPerson Add(Person person)
    {
        var added = new ModelPerson(person, _at);
        _people.Add(person.Id, added);
        return added;
    }

    private bool Change(Person before, Person after)
    {
        var person = _people[after.Id];
        Broken.Unless(ModelPerson.Text(person.Now) == ModelPerson.Text(before), $"Person {before.Id} was {ModelPerson.Text(before)}, not {ModelPerson.Text(person.Now)}.");
        Broken.Unless(after.Version == before.Version + 1, $"Person {before.Id} went from version {before.Version} to {after.Version}.");
        person.Set(after, _at);
        return true;
    }

    private bool Remove(Person gone)
    {
        var person = _people[gone.Id];
        Broken.Unless(!_leads.Values.Any(lead => IsOf(lead, person)), $"Person {gone.Id} is gone, and lead {_leads.Values.First(lead => IsOf(lead, person)).Id} is not.");
        person.Remove(_at);
        return true;
    }

    private static bool IsOf(ModelLead lead, ModelPerson person) => !lead.IsGone && lead.PersonIds.Count > 0 && lead.PersonIds[^1] == person.Id;

    private (Import Import, int From) AskedImport(Person person)
    {
        var errand = testimony.Imports.Find(errand => errand.Number == Town.NumberIn(person.Details.CustomFields) && errand.From <= _at);
        Broken.Unless(errand is not null, $"Nobody asked for person {ModelPerson.Text(person)}.");
        return ((Import)errand.Command, errand.From);
    }

    private static bool IsAsAsked(Person added, NewPerson asked) =>
        ModelPerson.Text(added) == ModelPerson.Text(added with { Email = asked.Email, Phone = asked.Phone, Details = asked.Details });

    private bool IsAsAsked(Person before, Person after)
    {
        var number = Town.NumberIn(after.Details.CustomFields);
        if (testimony.Edits.Find(errand => errand.Number == number) is { Command: PersonEdit edit } errand) return errand.From <= _at && IsEdited(before, after, edit);
        var (import, from) = AskedImport(after);
        return import.Update && import.People.Any(asked => IsNamed(_people[before.Id], asked, from) && IsUpdated(before, after, asked));
    }

    // Whom an import is about was decided when it looked.
    private bool IsNamed(ModelPerson person, NewPerson asked, int from) =>
        person.StatesBetween(from, _at + 1).Any(state => asked.Email is null ? asked.Phone == state.Phone : asked.Email == state.Email);

    private static bool IsEdited(Person before, Person after, PersonEdit edit)
    {
        var (firstName, phone) = (edit.Patch.FirstName ?? before.Details.FirstName, before.Email is null ? before.Phone : edit.Patch.Phone ?? before.Phone);
        return edit.PersonId == before.Id && after.Email == before.Email && after.Phone == phone
            && after.Details.FirstName == (firstName is "" ? null : firstName) && HasAllFields(before, after);
    }

    private static bool IsUpdated(Person before, Person after, NewPerson asked) =>
        after.Email == before.Email
        && (after.Phone == before.Phone || after.Phone == asked.Phone)
        && (after.Details.FirstName == before.Details.FirstName || after.Details.FirstName == asked.Details.FirstName)
        && HasAllFields(before, after);

    private static bool HasAllFields(Person before, Person after) =>
        !before.Details.CustomFields.Select(field => field.Name).Except(after.Details.CustomFields.Select(field => field.Name)).Any();
}
