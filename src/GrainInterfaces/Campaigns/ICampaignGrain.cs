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
    /// Changes settings. Refused with <see cref="LeadRefusal.AskAgain"/> when they are not those that the caller knows. The status does not
    /// change here.
    /// </summary>
    [Alias("Configure")]
    Task<CampaignReply> Configure(CampaignSettings known, CampaignSettings next);

    /// <summary>Opens, ends or locks the campaign. What was asked for before takes effect before; what is asked for after, after.</summary>
    [Alias("SetStatus")]
    Task<CampaignReply> SetStatus(CampaignStatus status);

    /// <summary>Adds a lead, or tells which lead already has one of its identifiers.</summary>
    [Alias("Add")]
    Task<AddReply> Add(NewLead lead);

    /// <summary>Writes a change of a lead together with the points that come with it.</summary>
    [Alias("Score")]
    Task<LeadChangeReply> Score(LeadChange change);

    /// <summary>Where a lead stands.</summary>
    [Alias("GetStanding")]
    Task<Standing> GetStanding(long leadId);

    /// <summary>Leads in rank order, from the first whose rank is greater than <paramref name="afterRank"/>.</summary>
    [Alias("List")]
    Task<LeadPage> List(long afterRank, int limit);
}
