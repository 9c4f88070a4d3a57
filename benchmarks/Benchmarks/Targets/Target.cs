using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;

namespace LeadEngine.Benchmarks.Targets;

/// <summary>A server under test: started once, asked in every round. The peers speak the engine's HTTP as far as needed.</summary>
internal sealed class Target(TargetDefinition definition, string folder) : IAsyncDisposable
{
    private const string AdminKey = "benchmark-admin-key";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);

    private readonly HttpClient http = new() { Timeout = CallLimit, DefaultRequestHeaders = { { "X-Admin-Key", AdminKey } } };
    private ServerProcess? process;
    private int runs;
    private JsonElement accountId;
    private string apiKey = "";

    public string Name => definition.Name;

    public string Title => definition.Title;

    public bool KeepsLeads => definition.KeepsLeads;

    public bool IsEngine => definition.IsEngine;

    public IPEndPoint Address { get; private set; } = new(IPAddress.Loopback, 0);

    private string Root => $"http://{Address}";

    private ServerProcess Running => process ?? throw new InvalidOperationException($"{Name} was not started.");

    public async Task StartAsync(CancellationToken token)
    {
        await BootAsync(token);
        var account = await PostAsync("/admin/accounts", new { name = "Benchmark" }, token);
        (accountId, apiKey) = (account.GetProperty("account_id"), account.GetProperty("api_key").GetString()!);
    }

    /// <summary>Ends the process and starts it again on the same data. Returns how long it took until it was ready.</summary>
    public async Task<TimeSpan> RestartAsync(CancellationToken token)
    {
        await Running.DisposeAsync();
        process = null;
        var started = TimeProvider.System.GetTimestamp();
        await BootAsync(token);
        return TimeProvider.System.GetElapsedTime(started);
    }

    /// <summary>Fresh campaigns for people whom no earlier run has sent.</summary>
    public async Task<Audience> OpenAudienceAsync(int campaigns, CancellationToken token)
    {
        var run = (++runs).ToString(CultureInfo.InvariantCulture);
        var opened = new Campaign[campaigns];
        for (var index = 0; index < campaigns; index++)
        {
            var name = $"Run {run}, campaign {index}";
            var campaign = await PostAsync("/admin/campaigns", new { account_id = accountId, name }, token);
            opened[index] = new($"/v2/{campaign.GetProperty("campaign_id")}", apiKey, run);
        }

        return new(opened);
    }

    /// <summary>How many leads the campaign says it has.</summary>
    public async Task<long> CountLeadsAsync(Campaign campaign, string emailOfAnyLead, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Root}{campaign.Path}?email={Uri.EscapeDataString(emailOfAnyLead)}");
        request.Headers.Authorization = new("Bearer", apiKey);
        using var response = await http.SendAsync(request, token);
        return (await ReadAsync(response, token)).GetProperty("lead_count").GetInt64();
    }

    public Task SettleAsync(CancellationToken token) => definition.Settle(token);

    public TimeSpan ServerTime() => CpuTime.Of(Running.Id);

    public TimeSpan DatabaseTime() => definition.DatabaseProcess is { } database ? CpuTime.OfTree(database) : TimeSpan.Zero;

    public long ResidentBytes() => Running.ResidentBytes();

    public long PeakResidentBytes() => Running.PeakResidentBytes();

    /// <summary>Says why, where the process has ended.</summary>
    public void ThrowIfExited()
    {
        if (Running.HasExited) throw new InvalidOperationException($"{Name} has ended:{Environment.NewLine}{Running.LastOutput}");
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null) await process.DisposeAsync();
        http.Dispose();
    }

    private async Task BootAsync(CancellationToken token)
    {
        Directory.CreateDirectory(folder);
        var ports = FreePorts(1 + definition.PortSettings.Length);
        Address = new(IPAddress.Loopback, ports[0]);
        var environment = new Dictionary<string, string>(definition.Environment)
        {
            ["ASPNETCORE_URLS"] = Root,
            ["Admin__Key"] = AdminKey,
            ["Logging__LogLevel__Default"] = "Warning",
        };
        foreach (var (setting, port) in definition.PortSettings.Zip(ports.Skip(1)))
        {
            environment[setting] = port.ToString(CultureInfo.InvariantCulture);
        }

        process = ServerProcess.Start(definition, folder, environment);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(StartLimit);
        while (!await IsReadyAsync(limit.Token))
        {
            ThrowIfExited();
            await Task.Delay(PollInterval, limit.Token);
        }
    }

    private async Task<bool> IsReadyAsync(CancellationToken token)
    {
        try
        {
            using var response = await http.GetAsync($"{Root}/health/ready", token);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task<JsonElement> PostAsync(string path, object body, CancellationToken token)
    {
        using var response = await http.PostAsJsonAsync(Root + path, body, token);
        return await ReadAsync(response, token);
    }

    private async Task<JsonElement> ReadAsync(HttpResponseMessage response, CancellationToken token)
    {
        var body = await response.Content.ReadAsStringAsync(token);
        if (response.IsSuccessStatusCode) return JsonElement.Parse(body);
        throw new InvalidOperationException($"{Name} answered {(int)response.StatusCode} to {response.RequestMessage?.RequestUri}: {body}");
    }

    private static int[] FreePorts(int count)
    {
        var probes = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToArray();
        try
        {
            foreach (var probe in probes) probe.Start();
            return [.. probes.Select(probe => ((IPEndPoint)probe.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (var probe in probes) probe.Dispose();
        }
    }
}
