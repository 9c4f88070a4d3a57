using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.People;
using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Promises;

/// <summary>The people of the accounts, and what leads leave behind.</summary>
internal sealed partial class PromiseChecker
{
    private void CheckPeople()
    {
        var known = _model.People.People.Values.Where(person => !person.IsGone).Select(person => ModelPerson.Text(person.Now));
        var stored = database.People.Values.Select(ModelPerson.Text);
        Broken.Unless(known.Order().SequenceEqual(stored.Order()), $"In the end these are stored:\n{string.Join('\n', stored)}\nand not these:\n{string.Join('\n', known)}");

        AreUnlike("e-mail address", database.People.Values.Where(person => person.Email is not null).Select(person => (person.AccountId, person.Email!)));
        AreUnlike("phone number", database.People.Values.Where(person => person.Email is null).Select(person => (person.AccountId, person.Phone!)));
        foreach (var lead in _model.Leads.Values) CheckPerson(lead);
        foreach (var person in database.Unindexed) throw new BrokenPromiseException($"The search index does not know {ModelPerson.Text(person)}.");
    }

    private static void AreUnlike(string what, IEnumerable<(long AccountId, string Value)> identities)
    {
        HashSet<(long, string)> seen = [];
        foreach (var identity in identities) Broken.Unless(seen.Add(identity), $"Two people of account {identity.AccountId} have the {what} {identity.Value}.");
    }

    private void CheckPerson(ModelLead lead)
    {
        var member = database.Members.GetValueOrDefault(lead.Id);
        if (lead.IsGone)
        {
            Broken.Unless(member is null or { PersonId: null, Status: MemberStatus.Removed }, $"Lead {lead.Id} is gone, and is still person {member?.PersonId}.");
            Broken.Unless(!database.RemembersMoreOf(lead.Id), $"Lead {lead.Id} is gone, and not all that was kept with it.");
            Broken.Unless(!database.KeysOf(lead.Id).Any(), $"Lead {lead.Id} is gone, and an answer about it is not.");
            return;
        }

        var person = member?.PersonId is { } id ? database.People.GetValueOrDefault(id) : null;
        Broken.Unless(person is not null && person.Id == lead.PersonIds[^1], $"Lead {lead.Id} is person {member?.PersonId}, not {lead.PersonIds[^1]}.");
        Broken.Unless(person.AccountId == Town.AccountOf(lead.CampaignId), $"Lead {lead.Id} is a person of account {person.AccountId}.");
        var (email, phone, _) = lead.Identity;
        Broken.Unless(
            email is null ? person.Email is not null || person.Phone == phone : person.Email == email,
            $"Lead {lead.Id}, {Describe.Identifiers(email, phone)}, is {ModelPerson.Text(person)}.");
    }

    private ModelPerson? PersonOf(long accountId, long id) =>
        _model.People.People.TryGetValue(id, out var person) && person.Now.AccountId == accountId ? person : null;

    private void CheckImport(Import import, Try<Told<ImmutableArray<ImportedPerson>>> sent, int to)
    {
        foreach (var (asked, told) in import.People.Zip(sent.Answer!.Value))
        {
            var person = PersonOf(import.AccountId, told.PersonId);
            Broken.Unless(person is not null && person.WasThereBetween(sent.From, to), $"{import} told of person {told.PersonId}, who was not there.");
            Broken.Unless(
                person.StatesBetween(0, to).Any(state => asked.Email is null ? state.Phone == asked.Phone : state.Email == asked.Email),
                $"{import} told of person {told.PersonId}, who is somebody else.");
            if (told.Outcome is ImportOutcome.Skipped or ImportOutcome.TooMany || !person.WasThereFromTo(sent.From, database.Log.Position)) continue;
            Broken.Unless(person.Now.Details.CustomFields.Contains(asked.Details.CustomFields[0]), $"{import} was told {told.Outcome}, and is not in {ModelPerson.Text(person.Now)}.");
        }
    }

    private void CheckEdit(PersonEdit edit, Try<PersonReply> sent, int to)
    {
        var person = PersonOf(edit.AccountId, edit.PersonId);
        if (sent.Answer is { Succeeded: true, Person: var told })
        {
            Broken.Unless(
                person is not null && person.StatesBetween(sent.From, to).Any(state => ModelPerson.Text(state) == ModelPerson.Text(told)),
                $"{edit} told of {ModelPerson.Text(told)}, which was never so.");
            Broken.Unless(told.Details.CustomFields.Contains(edit.Patch.CustomFields[0]), $"{edit} was acknowledged, and is not there.");
            return;
        }

        var isMissing = person is null || !person.WasThereFromTo(sent.From, to);
        Broken.Unless(sent.Answer!.Refusal is PersonRefusal.NotFound && isMissing, $"{edit} was refused: {sent.Answer.Refusal}.");
    }

    private void CheckDeletion(Deletion deletion, Try<PeopleDeletion> sent, int to)
    {
        var answer = sent.Answer!;
        var people = deletion.PersonIds.Select(id => PersonOf(deletion.AccountId, id)).OfType<ModelPerson>().ToList();
        Broken.Unless(answer.Deleted <= deletion.PersonIds.Length, $"{deletion} deleted {answer.Deleted} people.");
        Broken.Unless(!deletion.Force || answer.InTheWay.IsEmpty, $"{deletion} was held up by campaigns {string.Join(' ', answer.InTheWay)}.");
        foreach (var id in answer.InTheWay)
            Broken.Unless(
                _model.Leads.Values.Any(lead => lead.CampaignId == id && lead.Steps[0].At < to && lead.PersonIds.Intersect(deletion.PersonIds).Any()),
                $"{deletion} was held up by campaign {id}, in which none of them is.");
        if (answer is not { Refusal: null, InTheWay.IsEmpty: true }) return;
        var left = people.Find(person => person.WasThereFromTo(sent.From, to));
        Broken.Unless(left is null, $"{deletion} was acknowledged, and person {left?.Id} is there.");
    }
}
