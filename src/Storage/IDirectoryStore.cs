using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.People;

namespace LeadEngine.Storage;

/// <summary>
/// Where accounts' directories of people are kept. Every lead is linked to a person in the transaction that writes it; what is here reads
/// and writes the people themselves. Exceptions as of <see cref="ILeadStore"/>.
/// </summary>
public interface IDirectoryStore
{
    /// <summary>
    /// Adds people in one transaction. Those whom the account knows are left as they are: the caller changes them with <see cref="Write"/>.
    /// Somebody with an e-mail address is known by that alone; somebody without one by the phone number: the person without an e-mail
    /// address who has it, else of those with one the one whose id is the lowest. (A person gains an e-mail address only through a lead.)
    /// </summary>
    /// <param name="accountId">The account.</param>
    /// <param name="people">At most 1,000; no two with one e-mail address, nor two without one and with one phone number.</param>
    /// <returns>One outcome for each, <see cref="ImportOutcome.Added"/> or <see cref="ImportOutcome.Skipped"/>, in their order.</returns>
    Task<ImmutableArray<ImportedPerson>> Add(long accountId, ImmutableArray<NewPerson> people);

    /// <summary>Those of the people that there are.</summary>
    Task<ImmutableArray<Person>> Read(long accountId, ImmutableArray<long> personIds);

    /// <summary>
    /// Writes phone number and details of people in one transaction, each if its stored version is the one that comes with it; the version
    /// rises by one. A person without an e-mail address keeps its phone number. Their search terms are written with them.
    /// </summary>
    /// <returns>The ids of those that were written.</returns>
    Task<ImmutableArray<long>> Write(long accountId, ImmutableArray<Person> people);

    /// <summary>People whom a filter describes.</summary>
    Task<ImmutableArray<Person>> List(long accountId, PeopleQuery query);

    /// <summary>How many people a filter describes, counted up to <paramref name="most"/>.</summary>
    Task<PeopleCount> Count(long accountId, PeopleFilter filter, int most);

    /// <summary>The leads of people.</summary>
    Task<ImmutableArray<Membership>> Memberships(long accountId, ImmutableArray<long> personIds);

    /// <summary>Deletes those of the people that have no lead, in one transaction, with all that is kept of them.</summary>
    /// <returns>The ids of those that are gone, whoever deleted them.</returns>
    Task<ImmutableArray<long>> Delete(long accountId, ImmutableArray<long> personIds);

    /// <summary>Takes people whom the search index does not know, or not as they are, into it: some thousands at most.</summary>
    /// <returns>How many were taken; 0 also while it is under way already.</returns>
    Task<int> Index();

    /// <summary>A campaign's leads as members, in rank order.</summary>
    Task<ImmutableArray<Member>> ListMembers(long campaignId, MemberQuery query);

    /// <summary>How many members there are in each status but <see cref="MemberStatus.AsCampaign"/>.</summary>
    Task<ImmutableArray<MemberCount>> CountMembers(long campaignId);

    /// <summary>Sets the status of members; those that were removed stay so, and a locked campaign's stay as they are.</summary>
    /// <returns>How many changed.</returns>
    Task<int> SetMemberStatus(long campaignId, ImmutableArray<long> leadIds, MemberStatus status);

    /// <summary>Adds entries to the do-not-contact list of an account; those that are there stay as they are.</summary>
    /// <returns>How many were new.</returns>
    Task<int> AddDoNotContact(long accountId, ImmutableArray<DoNotContact> entries);

    /// <summary>Those of the entries that are on the list.</summary>
    Task<ImmutableArray<DoNotContact>> FindDoNotContact(long accountId, ImmutableArray<DoNotContact> entries);
}

/// <summary>A lead of a person.</summary>
/// <param name="PersonId">The person.</param>
/// <param name="LeadId">The lead.</param>
/// <param name="CampaignId">Its campaign.</param>
public readonly record struct Membership(long PersonId, long LeadId, long CampaignId);
