using System.Globalization;
using System.Net.Http.Json;
using LeadEngine.ApiHost.Tests.Engine;

namespace LeadEngine.ApiHost.Tests.Limits;

/// <summary>
/// The program with its limits, behind proxies: this machine and 10.0.0.0/8. Each test is a client with an address of its own, which a
/// proxy tells. Time stands still.
/// </summary>
public sealed class LimitedApplication : LeadEngineApplication
{
    private int _clients;

    public LimitedApplication()
    {
        Settings = new() { ["RateLimits:Enabled"] = "true", ["Http:TrustedProxies"] = "127.0.0.1, ::1, 10.0.0.0/8" };
        Clock = Time;
    }

    internal StillClock Time { get; } = new();

    /// <summary>An address that no other test has.</summary>
    public string NewAddress()
    {
        var number = Interlocked.Increment(ref _clients);
        return $"203.0.{number / 250}.{1 + (number % 250)}";
    }

    /// <summary>Sends a request as a proxy passes it on that got it from a client.</summary>
    internal async Task<Reply> Send(string from, HttpMethod method, string path, object? body = null, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Add("X-Forwarded-For", from);
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Client.SendAsync(request);
        var wait = response.Headers.TryGetValues("Retry-After", out var values)
            ? int.Parse(values.Single(), CultureInfo.InvariantCulture)
            : (int?)null;
        return new Reply((int)response.StatusCode, wait, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Signs somebody up without a key.</summary>
    internal Task<Reply> SignUp(HttpCampaign campaign, string from) =>
        Send(from, HttpMethod.Post, campaign.Path, new { email = $"{Guid.NewGuid():N}@example.com" });

    /// <summary>Signs people up one after the other.</summary>
    /// <returns>The statuses, each once, with how often it came in a row.</returns>
    internal async Task<string> SignUp(HttpCampaign campaign, string from, int times)
    {
        List<int> statuses = [];
        for (var time = 0; time < times; time++) statuses.Add((await SignUp(campaign, from)).Status);
        return string.Join(", ", statuses.CountBy(status => status).Select(status => $"{status.Value} x {status.Key}"));
    }

    /// <summary>Looks somebody up without a key.</summary>
    internal Task<Reply> LookUp(HttpCampaign campaign, string from) =>
        Send(from, HttpMethod.Get, $"{campaign.Path}?email=nobody@example.com");
}

/// <summary>An answer, as far as limits go.</summary>
/// <param name="Status">HTTP status.</param>
/// <param name="RetryAfter">Seconds.</param>
/// <param name="Body">The body.</param>
internal sealed record Reply(int Status, int? RetryAfter, string Body);

[CollectionDefinition(Name)]
public sealed class LimitedCollection : ICollectionFixture<LimitedApplication>
{
    public const string Name = "Limited";
}
