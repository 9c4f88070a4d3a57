using System.Collections.Immutable;
using LeadEngine.Leads;

namespace LeadEngine.Campaigns;

/// <summary>One campaign: its lifecycle, and the only writer of new leads and of scores. Its key is the numeric campaign id.</summary>
[Alias("campaigns.ICampaignGrain")]
public interface ICampaignGrain : IGrainWithIntegerKey
{
    /// <summary>Gives the campaign its settings. Called once, by the account that makes it; a repeat changes nothing.</summary>
    [Alias("Create")]
    Task<CampaignReply> Create(long accountId, CampaignSettings settings);

    /// <summary>The campaign's settings and status.</summary>
    [Alias("Get")]
    Task<CampaignReply> Get();

    /// <summary>
    /// Changes settings. Refused with <see cref="LeadRefusal.AskAgain"/> when those are not the newest that the caller knows. The status
    /// does not change here. Scores follow in the background.
    /// </summary>
    [Alias("Configure")]
    Task<CampaignReply> Configure(long knownRevision, CampaignSettings next);

    /// <summary>Opens, ends or locks the campaign. What was asked for before takes effect before; what is asked for after, after.</summary>
    [Alias("SetStatus")]
    Task<CampaignReply> SetStatus(CampaignStatus status);

    /// <summary>Adds a lead, or tells which lead already has one of its identifiers.</summary>
    [Alias("Add")]
    Task<AddReply> Add(NewLead lead);

    /// <summary>
    /// Adds leads, in transactions of its own choice; the outcomes come in the order of the leads. A repeat (see
    /// <see cref="RequestStamp.IsRepeat"/>) calls those new that an earlier try made. Leads for which there is no room together are refused
    /// together, with <see cref="LeadRefusal.Busy"/>. Those refused with <see cref="LeadRefusal.AskAgain"/> or
    /// <see cref="LeadRefusal.Unknown"/> may have been added: the caller sends them again as repeats.
    /// </summary>
    [Alias("AddMany")]
    Task<ImmutableArray<AddedLead>> AddMany(AddLeads command);

    /// <summary>Removes a lead; called by the lead itself. It is not there afterwards, and its rank stays spent.</summary>
    /// <returns>Null when it is gone, whoever removed it; else why it is not, or that nobody knows.</returns>
    [Alias("Remove")]
    Task<LeadRefusal?> Remove(LeadRemoval removal);

    /// <summary>Writes a change of a lead together with the points that come with it.</summary>
    [Alias("Score")]
    Task<LeadChangeReply> Score(LeadChange change);

    /// <summary>
    /// Has a command carried out for each of the leads that are there, one after the other, while the caller goes on. Once the reply is
    /// sent it will happen, once, whatever fails; in a locked campaign it waits.
    /// </summary>
    [Alias("Queue")]
    Task<QueueReply> Queue(BulkCommand command);

    /// <summary>
    /// The leads with the most points: those with equal points in the order of sign-up. Those flagged as fraudulent are not among them.
    /// </summary>
    /// <param name="limit">How many at most, 1 to 50.</param>
    [Alias("GetLeaders")]
    Task<ImmutableArray<Leader>> GetLeaders(int limit);

    /// <summary>What there is in the campaign, in numbers.</summary>
    [Alias("GetStats")]
    Task<CampaignStats> GetStats();

    /// <summary>Where a lead stands.</summary>
    [Alias("GetStanding")]
    Task<Standing> GetStanding(long leadId);

    /// <summary>Leads in rank order, from the first whose rank is greater than <paramref name="afterRank"/>.</summary>
    [Alias("List")]
    Task<LeadPage> List(long afterRank, int limit);

    /// <summary>Leads in the order in which the campaign posts them.</summary>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    [Alias("ListPosted")]
    Task<ImmutableArray<Lead>> ListPosted(PostingPlace? after, int limit);

    /// <summary>The campaign's leads as members of the account's directory, in rank order.</summary>
    [Alias("ListMembers")]
    Task<ImmutableArray<Member>> ListMembers(MemberQuery query);

    /// <summary>How many members there are in each status; those that have no status of their own are left out.</summary>
    [Alias("CountMembers")]
    Task<ImmutableArray<MemberCount>> CountMembers();

    /// <summary>Pauses members or takes that back; those that were removed stay so.</summary>
    /// <returns>How many changed.</returns>
    [Alias("SetMemberStatus")]
    Task<int> SetMemberStatus(ImmutableArray<long> leadIds, MemberStatus status);
}
