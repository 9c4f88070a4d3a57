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
        var address = await grains.GetGrain<IManagementGrain>(0).GetActivationAddress(grains.GetGrain<ICampaignGrain>(campaignId));
        await host.StopAsync();
        return address?.Endpoint ?? throw new InvalidOperationException($"Campaign {campaignId} is not active anywhere.");
    }
}
