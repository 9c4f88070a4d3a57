using LeadEngine.Campaigns;

namespace LeadEngine.Grains.Campaigns;

/// <summary>What a <see cref="UnitSender"/> needs of the grain in whose turns it runs.</summary>
internal interface ICampaignDesk
{
    long Id { get; }

    CampaignReply Describe();

    /// <summary>This activation knows no more what holds: the next one shall.</summary>
    void Leave();
}
