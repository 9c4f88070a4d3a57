using LeadEngine.Campaigns;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Campaigns;

/// <summary>What a <see cref="UnitSender"/> needs of the grain in whose turns it runs.</summary>
internal interface ICampaignDesk
{
    long Id { get; }

    /// <summary>Looks at leads that may be new, before they are sent.</summary>
    void Check(IReadOnlyList<WaitingAdd> adds);

    /// <summary>Takes note of those that are new, and of those that are gone.</summary>
    void Note(CampaignUnit unit, UnitReply reply);

    CampaignReply Describe();

    /// <summary>This activation knows no more what holds: the next one shall.</summary>
    void Leave();
}
