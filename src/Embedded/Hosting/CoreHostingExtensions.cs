using System.Net;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Configures how silos find each other.</summary>
public static class CoreHostingExtensions
{
    /// <summary>A silo on its own: here there is no other kind, so nothing is configured.</summary>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder,
        int siloPort = 11111,
        int gatewayPort = 30000,
        IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev",
        string clusterId = "dev") => builder;

    /// <summary>
    /// Makes spans of grain calls below calls that are traced. There is one span a call: both of its ends are in this process.
    /// </summary>
    public static ISiloBuilder AddActivityPropagation(this ISiloBuilder builder)
    {
        builder.Services.TryAddSingleton<CallTraces>();
        return builder;
    }
}
