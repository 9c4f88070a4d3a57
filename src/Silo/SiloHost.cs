using LeadEngine.Silo.Cluster;
using LeadEngine.Silo.Health;
using LeadEngine.Silo.Logging;
using LeadEngine.Silo.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace LeadEngine.Silo;

/// <summary>The program that hosts grains and nothing else: a node of a cluster. Over HTTP it only tells how it is.</summary>
internal static class SiloHost
{
    private const string DefaultUrl = "http://localhost:5081";

    public static async Task<int> Main(string[] args)
    {
        if (HealthProbe.IsAskedFor(args)) return await HealthProbe.Run(args, Console.Out);
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        if (string.IsNullOrEmpty(builder.Configuration["urls"])) builder.WebHost.UseUrls(DefaultUrl);
        builder.Logging.AddPrivateConsole();
        builder.AddTelemetry();
        builder.AddLeadEngine(Topology.Read(builder.Configuration, ClusterModes.CoHosted));

        var app = builder.Build();
        app.MapHealth();
        await app.RunAsync();
        return 0;
    }
}
