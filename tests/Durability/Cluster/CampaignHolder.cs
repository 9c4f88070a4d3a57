using System.Net;
using LeadEngine.Campaigns;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace LeadEngine.Durability.Cluster;

/// <summary>Asks the cluster itself where a campaign is active: nothing of that is to be seen over HTTP.</summary>
internal static class CampaignHolder
{
    private const string ServiceId = "lead-engine";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <returns>Where other silos reach the silo that holds the campaign.</returns>
    public static async Task<IPEndPoint> Find(string clusterId, IPEndPoint[] gateways, long campaignId)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client
            .UseStaticClustering(gateways)
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (clusterId, ServiceId)));
        using var host = builder.Build();
        await host.StartAsync();
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var address = await Ask(grains, campaignId);
        await host.StopAsync();
        return address;
    }

    // Whoever answers may just have died, and a campaign that moves is nowhere for a moment.
    private static async Task<IPEndPoint> Ask(IGrainFactory grains, long campaignId)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!patience.IsCancellationRequested)
        {
            try
            {
                var holder = await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grains.GetGrain<ICampaignGrain>(campaignId));
                if (holder is not null) return holder.Endpoint;
            }
            catch (Exception away) when (away is OrleansException or TimeoutException)
            {
                // Asked again.
            }

            await tick.WaitForNextTickAsync(CancellationToken.None);
        }

        throw new TimeoutException($"Campaign {campaignId} was active nowhere within {Patience}.");
    }
}
