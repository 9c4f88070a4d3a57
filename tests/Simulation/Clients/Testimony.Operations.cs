using LeadEngine.Campaigns;

namespace LeadEngine.Simulation.Clients;

/// <summary>What was asked to be done with leads, and by which rules they score.</summary>
internal sealed partial class Testimony
{
    /// <summary>The settings with which campaigns were made.</summary>
    public Dictionary<long, CampaignSettings> Settings { get; } = [];

    public List<Errand<Told<QueueReply>>> Bulks { get; } = [];
}
