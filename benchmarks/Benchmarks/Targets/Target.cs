using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LeadEngine.Benchmarks.Targets;

/// <summary>A server under test: started once, asked in every round. The peers speak the engine's HTTP as far as needed.</summary>
internal sealed class Target(TargetDefinition definition, string folder) : IAsyncDisposable
{
    private const string AdminKeyHeader = "X-Admin-Key";
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(30);

    private readonly HttpClient http = new() { Timeout = CallLimit };
    private IServer? server;
    private int runs;
    private JsonElement accountId;
    private string apiKey = "";

    public string Name => definition.Name;

    public string Title => definition.Title;

    public bool KeepsLeads => definition.KeepsLeads;

    public bool TakesMillions => definition.TakesMillions;

    public IReadOnlyList<IPEndPoint> Addresses => Running.Addresses;

    /// <summary>How many processes it is, its database apart.</summary>
    public int ProcessCount => Running.ProcessIds.Count;

    private string Root => $"http://{Addresses[0]}";

    private IServer Running => server ?? throw new InvalidOperationException($"{Name} was not started.");

    public async Task StartAsync(CancellationToken token)
    {
        await BootAsync(token);
        var account = await PostAsync("/admin/accounts", new { name = "Benchmark" }, token);
        (accountId, apiKey) = (account.GetProperty("account_id"), account.GetProperty("api_key").GetString()!);
    }

    /// <summary>It has been under load since its start.</summary>
    public bool IsWarm { get; set; }

    /// <summary>Ends the server and starts it again on the same data. Returns how long it took until it was ready.</summary>
    public async Task<TimeSpan> RestartAsync(CancellationToken token)
    {
        if (server is not null) await server.DisposeAsync();
        (server, IsWarm) = (null, false);
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

    /// <summary>The same in one campaign, with limits that nobody reaches on it and on its account.</summary>
    public async Task<Audience> OpenLimitedAudienceAsync(CancellationToken token)
    {
        var limits = new { per_minute = 100_000_000 };
        var account = await PostAsync("/admin/accounts", new { name = "Limited" }, token);
        var id = account.GetProperty("account_id");
        using var limited = await http.PatchAsJsonAsync($"{Root}/admin/accounts/{id}", new { rate_limits = limits }, token);
        await ReadAsync(limited, token);
        var campaign = await PostAsync("/admin/campaigns", new { account_id = id, name = "Limited", rate_limits = limits }, token);
        var key = account.GetProperty("api_key").GetString()!;
        return new([new($"/v2/{campaign.GetProperty("campaign_id")}", key, (++runs).ToString(CultureInfo.InvariantCulture))]);
    }

    /// <summary>An account of its own, without anybody.</summary>
    public async Task<Workspace> OpenWorkspaceAsync(CancellationToken token)
    {
        var account = await PostAsync("/admin/accounts", new { name = "Workspace" }, token);
        return new(Root, account.GetProperty("api_key").GetString()!);
    }

    /// <summary>Has the account's sign-ups told to somebody. Returns where the webhook is.</summary>
    public async Task<string> AddWebhookAsync(Uri receiver, CancellationToken token)
    {
        var webhooks = $"/admin/accounts/{accountId}/webhooks";
        string[] events = ["signup"];
        var added = await PostAsync(webhooks, new { channel = "kickofflabs", url = receiver, events }, token);
        return $"{webhooks}/{added.GetProperty("id")}";
    }

    /// <summary>Ends a webhook, and waits until all that waited for its receiver is removed.</summary>
    public async Task RemoveWebhookAsync(string webhook, CancellationToken token)
    {
        foreach (var enabled in (bool[])[false, true])
        {
            using var changed = await http.PatchAsJsonAsync(Root + webhook, new { enabled }, token);
            await ReadAsync(changed, token);
        }

        while (await IsDroppingAsync(webhook, token))
        {
        }

        using var removed = await http.DeleteAsync(Root + webhook, token);
        removed.EnsureSuccessStatusCode();
    }

    // One that was switched off and on has no dead letters sent again before all that it dropped is gone.
    private async Task<bool> IsDroppingAsync(string webhook, CancellationToken token)
    {
        using var answer = await http.PostAsJsonAsync($"{Root}{webhook}/replay", new { }, token);
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return true;
        answer.EnsureSuccessStatusCode();
        return false;
    }

    /// <summary>How many leads the campaign says it has.</summary>
    public async Task<long> CountLeadsAsync(Campaign campaign, string emailOfAnyLead, CancellationToken token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{Root}{campaign.Path}?email={Uri.EscapeDataString(emailOfAnyLead)}");
        request.Headers.Authorization = new("Bearer", campaign.ApiKey);
        using var response = await http.SendAsync(request, token);
        return (await ReadAsync(response, token)).GetProperty("lead_count").GetInt64();
    }

    public Task SettleAsync(CancellationToken token) => definition.Settle(token);

    public TimeSpan ServerTime() => Running.ProcessIds.Aggregate(TimeSpan.Zero, (sum, id) => sum + CpuTime.Of(id));

    public TimeSpan DatabaseTime() => definition.DatabaseProcess is { } database ? CpuTime.OfTree(database) : TimeSpan.Zero;

    public long ResidentBytes() => Running.ProcessIds.Sum(id => Look(id, process => process.WorkingSet64));

    public long PeakResidentBytes() => Running.ProcessIds.Sum(id => Look(id, process => process.PeakWorkingSet64));

    /// <summary>Bytes that its processes have sent to each other; null where that is not known.</summary>
    public long? WireBytes() => Running.InnerPorts.Count == 0 ? null : Wire.SentBytes(Running.InnerPorts);

    /// <summary>Says why, where a process has ended.</summary>
    public void ThrowIfExited()
    {
        if (Running.WhyEnded is { } why) throw new InvalidOperationException($"{Name} has ended:{Environment.NewLine}{why}");
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null) await server.DisposeAsync();
        http.Dispose();
    }

    private static long Look(int id, Func<Process, long> figure)
    {
        using var process = Process.GetProcessById(id);
        return figure(process);
    }

    private async Task BootAsync(CancellationToken token)
    {
        Directory.CreateDirectory(folder);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(token);
        limit.CancelAfter(StartLimit);
        server = definition.IsCluster ? await LocalCluster.StartAsync(definition, folder, limit.Token) : ServerProcess.Start(definition, folder);
        http.DefaultRequestHeaders.Remove(AdminKeyHeader);
        http.DefaultRequestHeaders.Add(AdminKeyHeader, server.AdminKey);
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
}
