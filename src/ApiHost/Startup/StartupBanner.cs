using LeadEngine.ApiHost.Admin;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Installation;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace LeadEngine.ApiHost.Startup;

/// <summary>Tells, once the server listens, where it is; at the first start also how to sign somebody up.</summary>
internal sealed partial class StartupBanner(
    IServer server,
    IHostApplicationLifetime lifetime,
    IGrainFactory grains,
    AdminKey adminKey,
    ILogger<StartupBanner> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stoppingToken);
        try
        {
            var demo = await grains.GetGrain<IInstallationGrain>(0).CreateDemo();
            Console.WriteLine(Compose(AddressOf(server), demo, adminKey.File));
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            LogNoDemo(silence.GetType().Name);
        }
    }

    /// <summary>The text of the banner.</summary>
    internal static string Compose(string address, DemoCampaign? demo, string? adminKeyFile)
    {
        var text = $"The lead engine listens on {address}";
        if (adminKeyFile is not null) text += $"\nThe administration's key is in {adminKeyFile}";
        if (demo is null) return text;
        return $$"""
            {{text}}
            A demo campaign was made. Sign somebody up:

            curl -X POST {{address}}/v2/{{demo.CampaignId}} -H 'Content-Type: application/json' -H 'Authorization: Bearer {{demo.ApiKey}}' -d '{"email":"ada@example.com","phone_number":"+12065550100","first_name":"Ada","company":"Example Co"}'

            """;
    }

    /// <summary>Where the server listens, as somebody on this machine would call it.</summary>
    internal static string AddressOf(IServer server)
    {
        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        foreach (var any in (string[])["[::]", "0.0.0.0", "+", "*"])
        {
            address = address.Replace($"//{any}", "//localhost", StringComparison.Ordinal);
        }

        return address.TrimEnd('/');
    }

    [LoggerMessage(LogLevel.Warning, "The engine did not answer at its start, so no demo campaign was made: {Silence}")]
    private partial void LogNoDemo(string silence);
}
