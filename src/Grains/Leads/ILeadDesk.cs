using LeadEngine.Campaigns;

namespace LeadEngine.Grains.Leads;

/// <summary>What a <see cref="LeadWriter"/> needs of the grain in whose turns it runs.</summary>
internal interface ILeadDesk
{
    /// <summary>Writes a change, through the campaign if it is about scores.</summary>
    Task<LeadChangeReply> Send(LeadChange change);

    /// <summary>Where the lead stands.</summary>
    Task<Standing> FindStanding();

    /// <summary>This activation knows no more what holds: the next one shall.</summary>
    void Leave();
}
