using System.Collections.Immutable;
using Orleans.Concurrency;

namespace LeadEngine.People;

/// <summary>
/// An account's directory of people. Its key is the numeric account id. All members throw when the store gives no answer.
/// </summary>
[Alias("people.IDirectoryGrain")]
public interface IDirectoryGrain : IGrainWithIntegerKey
{
    /// <summary>Adds somebody; refused with <see cref="PersonRefusal.AlreadyExists"/> if the account knows that person.</summary>
    [Alias("Add")]
    Task<PersonReply> Add(NewPerson person);

    /// <summary>
    /// Adds up to 5,000 people in transactions of its own choice. Of two that are the same person the first counts.
    /// </summary>
    /// <param name="people">The people.</param>
    /// <param name="update">
    /// Change those whom the account knows: what is said replaces what is known, tags are added. Else leave them as they are.
    /// </param>
    /// <returns>One outcome for each, in their order.</returns>
    [Alias("Import")]
    Task<ImmutableArray<ImportedPerson>> Import(ImmutableArray<NewPerson> people, bool update);

    /// <summary>Those of the people that there are.</summary>
    [Alias("Get"), AlwaysInterleave]
    Task<ImmutableArray<Person>> Get(ImmutableArray<long> personIds);

    /// <summary>Changes a person.</summary>
    [Alias("Change")]
    Task<PersonReply> Change(long personId, PersonPatch patch);

    /// <summary>People whom a filter describes.</summary>
    [Alias("List"), AlwaysInterleave]
    Task<ImmutableArray<Person>> List(PeopleQuery query);

    /// <summary>How many people a filter describes, counted up to <paramref name="most"/>.</summary>
    [Alias("Count"), AlwaysInterleave]
    Task<PeopleCount> Count(PeopleFilter filter, int most);

    /// <summary>
    /// Deletes up to 5,000 people, and removes them from their campaigns: their rows stay there as removed, without personal data.
    /// </summary>
    /// <param name="personIds">The people.</param>
    /// <param name="force">Also if they are in campaigns that are open and no drafts.</param>
    [Alias("Delete")]
    Task<PeopleDeletion> Delete(ImmutableArray<long> personIds, bool force);

    /// <summary>Puts up to 10,000 entries on the account's do-not-contact list; those that are there stay as they are.</summary>
    /// <returns>How many were new.</returns>
    [Alias("AddDoNotContact")]
    Task<int> AddDoNotContact(ImmutableArray<DoNotContact> entries);

    /// <summary>Those of the e-mail addresses and phone numbers that are not to be contacted, by themselves or by their domain.</summary>
    [Alias("FindDoNotContact"), AlwaysInterleave]
    Task<ImmutableArray<string>> FindDoNotContact(ImmutableArray<string> emailsAndPhones);
}
