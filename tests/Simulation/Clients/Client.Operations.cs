using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Simulation.Clients;

/// <summary>What clients ask to be done with leads that are there: with one at once, or with many later.</summary>
internal sealed partial class Client
{
    public Task<Told<ImmutableArray<Leader>>?> ListLeaders(long campaignId, int limit) =>
        Reach($"leaders of campaign {campaignId}", host => host.ListLeaders(campaignId, limit));

    public Task<CampaignStats?> GetStats(long campaignId) => Reach($"numbers of campaign {campaignId}", host => host.GetStats(campaignId));

    private Task Operate() => Chance.Happens(0.6) ? Send(town.DrawOrder(Chance)) : Queue(town.DrawBulk(Chance));

    private Task<Told<QueueReply>?> Queue(Bulk bulk) => Persist(
        testimony.Bulks,
        bulk,
        (host, command) => host.Queue(command),
        answer => answer.Value.Refusal is LeadRefusal.Busy or LeadRefusal.Unknown);
}
