using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.TestSupport;
using Microsoft.Extensions.DependencyInjection;

namespace LeadEngine.ApiHost.Tests.Telemetry;

/// <summary>What a host sends, from its start to its end.</summary>
public sealed class TelemetryTests
{
    private const string Email = "grace.private@example.com";
    private const string OtherEmail = "Ada.Private@Example.com";
    private const string Phone = "+12065550187";

    [Fact]
    public async Task Export_AfterSomeRequests_HasTheMetricsAndNobodysName()
    {
        await using var collector = await OtlpCollector.Start();

        var campaign = await Serve(collector, "Metrics");

        foreach (var name in (string[])
        [
            "leadengine.leads.created", "leadengine.leads.updated", "leadengine.campaign.unit.size", "leadengine.store.commit.duration",
            "leadengine.store.commit.size", "leadengine.store.read.duration", "leadengine.store.queue.length", "leadengine.requests.refused",
            "orleans-catalog-activations", "http.server.request.duration", "dotnet.gc.collections",
        ])
        {
            Assert.Contains(name, collector.Metrics, StringComparison.Ordinal);
        }

        Assert.Empty(collector.Traces);
        AssertPrivate(collector.Metrics, campaign);
    }

    [Fact]
    public async Task Export_TracedRequests_HasSpansFromHttpToTheStoreAndNobodysName()
    {
        await using var collector = await OtlpCollector.Start();

        var campaign = await Serve(collector, "Traces");

        foreach (var name in (string[])
        [
            "POST /v2/{campaign_id}", "GET /v2/{campaign_id}", "http.response.status_code", "IIdentifierGrain/Upsert",
            "ICampaignGrain/Add", "campaign.unit", "store.commit", "store.find",
            "ILeadGrain/Update", "lead.write",
        ])
        {
            Assert.Contains(name, collector.Traces, StringComparison.Ordinal);
        }

        Assert.Empty(collector.Metrics);
        AssertPrivate(collector.Traces, campaign);
    }

    [Fact]
    public async Task Export_NotAskedFor_SendsNothing()
    {
        await using var collector = await OtlpCollector.Start();

        await Serve(collector, "None");

        Assert.Empty(collector.Metrics + collector.Traces);
    }

    [Fact]
    public async Task Measure_EverySortOfRequest_TagsHoldNobodysNameAndAreFew()
    {
        await using var collector = await OtlpCollector.Start();
        MeasurementLog? log = null;

        var campaign = await Serve(collector, "None", app =>
        {
            var meters = app.Services.GetRequiredService<IMeterFactory>();
            log = new MeasurementLog(meter => meter.Scope == meters);
        });

        using (log)
        {
            log!.Collect();
            var ours = log.All.Where(measured => measured.Name.StartsWith("leadengine.", StringComparison.Ordinal)).ToList();
            Assert.Equal(
                ["campaign_not_found", "invalid_admin_key", "invalid_api_key", "invalid_email", "lead_not_found"],
                ours.Where(measured => measured.Name == "leadengine.requests.refused").Select(measured => (string)measured.Tag("reason")!).Order());
            Assert.Empty(ours.SelectMany(measured => measured.Tags.Select(tag => tag.Key)).Except(["operation", "error.type", "reason"]));
            AssertPrivate(string.Join('\n', log.All.SelectMany(measured => measured.Tags.Select(tag => $"{tag.Key}={tag.Value}"))), campaign);
        }
    }

    /// <summary>Starts a host, sends it requests of every sort, and stops it: what it has to say is sent then.</summary>
    private static async Task<HttpCampaign> Serve(OtlpCollector collector, string wanted, Action<LeadEngineApplication>? atStart = null)
    {
        var app = new LeadEngineApplication
        {
            Settings = new()
            {
                [$"Telemetry:{wanted}"] = "true",
                ["Telemetry:TraceRatio"] = "1",
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Address,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["Silo:Port"] = $"{OtlpCollector.FreePort()}",
                ["Silo:GatewayPort"] = $"{OtlpCollector.FreePort()}",
            },
        };
        await app.InitializeAsync();
        try
        {
            atStart?.Invoke(app);
            var campaign = await app.CreateCampaign();
            await Send(app, campaign);
            return campaign;
        }
        finally
        {
            await app.DisposeAsync();
        }
    }

    private static async Task Send(LeadEngineApplication app, HttpCampaign campaign)
    {
        (await campaign.SignUpAsOwner(new { email = Email, phone_number = Phone })).EnsureSuccessStatusCode();
        (await campaign.SignUp(new { email = Email, first_name = "Grace" }, idempotencyKey: "key-private-1")).EnsureSuccessStatusCode();
        (await campaign.SignUp(new { email = OtherEmail })).EnsureSuccessStatusCode();
        (await campaign.LookUpAsOwner($"email={Uri.EscapeDataString(Email)}")).EnsureSuccessStatusCode();
        (await campaign.LookUpAsOwner($"phone_number={Uri.EscapeDataString(Phone)}")).EnsureSuccessStatusCode();
        await campaign.LookUpAsOwner("email=nobody.private%40example.com");
        await campaign.SignUp(new { email = "not.private@" });
        await campaign.LookUp($"email={Uri.EscapeDataString(Email)}&api_key=sk_private");
        await app.Client.PostAsJsonAsync("/v2/987654321", new { email = Email });
        await app.Client.PostAsJsonAsync("/admin/accounts", new { name = "Grace Private" });
    }

    private static void AssertPrivate(string told, HttpCampaign campaign)
    {
        foreach (var secret in (string[])["private", Phone, Phone[1..], Phone[^7..], "%40", campaign.ApiKey])
        {
            Assert.DoesNotContain(secret, told, StringComparison.OrdinalIgnoreCase);
        }
    }
}
