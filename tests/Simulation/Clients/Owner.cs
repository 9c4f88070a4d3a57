using LeadEngine.Campaigns;
using LeadEngine.Simulation.Engine;

namespace LeadEngine.Simulation.Clients;

/// <summary>Ends, locks and opens a campaign for as long as others use it, one after the other.</summary>
internal sealed class Owner(long campaignId, World world, Client client)
{
    private static readonly TimeSpan OpenFor = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan ClosedFor = TimeSpan.FromMilliseconds(40);

    public async Task Run(Task others)
    {
        while (!others.IsCompleted)
        {
            await world.Pause(world.Chance.About(OpenFor));
            await client.Rule(campaignId, Town.DrawStatus(world.Chance));
            await world.Pause(world.Chance.About(ClosedFor));
            await client.Rule(campaignId, CampaignStatus.Open);
        }
    }
}
