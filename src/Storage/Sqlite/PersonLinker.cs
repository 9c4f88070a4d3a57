using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.Storage.Sqlite;

/// <summary>Whom a lead is to be linked to, and what has to be done for it.</summary>
internal readonly record struct PersonLink(long PersonId, PersonStep Step);

/// <summary>What a link does to its person.</summary>
internal enum PersonStep
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The person gains the e-mail address.</summary>
    GainEmail,

    /// <summary>The person is made.</summary>
    Make,
}

/// <summary>Links the leads of one transaction by the rules of <see cref="Linking"/>.</summary>
internal sealed class PersonLinker(SqliteTables tables, DateTimeOffset now)
{
    private readonly long _lastIdBefore = tables.Sequences.Last(SequenceTable.People);
    private long _made;

    private long NextId => _lastIdBefore + _made + 1;

    /// <summary>Whom somebody is; nothing changes yet.</summary>
    public PersonLink Find(long accountId, PersonKey key)
    {
        if (key.Email is { } email)
        {
            if (tables.People.FindByEmail(accountId, email) is { } known) return new(known, PersonStep.None);
            if (key.Phone is { } number && tables.People.FindByPhoneAlone(accountId, number) is { } nameless)
            {
                return new(nameless, PersonStep.GainEmail);
            }
        }
        else if (FindByPhone(accountId, key.Phone!) is { } known) return new(known, PersonStep.None);
        return new(NextId, PersonStep.Make);
    }

    /// <summary>Who is known by a phone number alone.</summary>
    public long? FindByPhone(long accountId, string phone) =>
        tables.People.FindByPhoneAlone(accountId, phone) ?? tables.People.FindOldestByPhone(accountId, phone);

    /// <summary>Does what the link needs.</summary>
    /// <param name="link">Whom to link to.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="key">What tells who it is.</param>
    /// <param name="details">What is known of somebody new.</param>
    /// <param name="since">Since when the account knows somebody new.</param>
    /// <param name="hasLead">The lead that is linked has the e-mail address.</param>
    public void Take(PersonLink link, long accountId, PersonKey key, PersonDetails details, DateTimeOffset since, bool hasLead)
    {
        if (link.Step == PersonStep.Make) Make(accountId, key, details, since, hasLead);
        if (link.Step != PersonStep.GainEmail) return;
        tables.People.GainEmail(link.PersonId, key.Email!, now);
        IndexAnew(link.PersonId);
    }

    /// <summary>Makes somebody whom the account does not know.</summary>
    /// <returns>The id: the one that a link to be made had.</returns>
    public long Make(long accountId, PersonKey key, PersonDetails details, DateTimeOffset since, bool hasLead)
    {
        var id = NextId;
        tables.People.Insert(id, accountId, key, details, since, hasLead);
        _made++;
        return id;
    }

    /// <summary>Links a lead anew after a change that concerns its person.</summary>
    /// <param name="link">Whom the lead is, found before it gained an address.</param>
    /// <param name="accountId">The account.</param>
    /// <param name="lead">The lead as changed.</param>
    /// <param name="personId">Whom it pointed to.</param>
    public void Relink(PersonLink link, long accountId, Lead lead, long? personId)
    {
        Take(link, accountId, Linking.KeyOf(lead), Linking.DetailsOf(lead.Profile), now, hasLead: lead.Email is not null);
        if (link.PersonId != personId)
        {
            tables.Leads.SetPerson(lead.Id, link.PersonId);
            if (personId is { } former) DropIfForgotten(former);
        }
        if (link.Step == PersonStep.Make) return;
        var person = tables.People.Read(link.PersonId)!;
        if (Linking.Complete(person, lead) is not { } completed) return;
        tables.People.Update(person, completed, now);
        IndexAnew(person.Id);
    }

    /// <summary>Has to be called before the transaction ends.</summary>
    public void Save()
    {
        if (_made > 0) tables.Sequences.SetLast(SequenceTable.People, _lastIdBefore + _made);
    }

    // Somebody who was made for a phone number, and of whom nobody knows any more.
    private void DropIfForgotten(long personId)
    {
        if (tables.People.Read(personId) is { Email: null, Version: 1 } && tables.People.Delete(personId)) tables.Terms.Delete(personId);
    }

    // Who is not yet in the index comes into it as it is by then.
    private void IndexAnew(long personId)
    {
        if (personId > tables.Sequences.Last(SequenceTable.IndexedPeople)) return;
        tables.Terms.Write(personId, PersonTerms.Text(tables.People.Read(personId)!));
    }
}
