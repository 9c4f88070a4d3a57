using System.Net.Http.Json;
using System.Text.Json;
using LeadEngine.ApiHost.Tests.Fakes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace LeadEngine.ApiHost.Tests.Engine;

/// <summary>
/// The whole program on a SQLite file of its own and behind its own server, as it ships; <see cref="PostgresLeadEngineApplication"/> is the
/// same on PostgreSQL. Each test makes a campaign of its own.
/// </summary>
public class LeadEngineApplication : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("apihost-").FullName;
    private WebApplicationFactory<Program>? _factory;

    /// <summary>A client without any key.</summary>
    public HttpClient Client { get; private set; } = null!;

    /// <summary>A client with the administration's key.</summary>
    public HttpClient Admin { get; private set; } = null!;

    public IServiceProvider Services => _factory!.Services;

    /// <summary>Settings beside those that every test needs. There are no rate limits unless they say so.</summary>
    internal Dictionary<string, string> Settings { get; init; } = [];

    /// <summary>The clock; null for the system's.</summary>
    internal TimeProvider? Clock { get; init; }

    /// <summary>Whether it could be started: it needs its store.</summary>
    internal bool IsRunning => _factory is not null;

    public string AdminKeyFile => Path.Combine(_folder, "admin.key");

    public virtual async Task InitializeAsync()
    {
        var store = await MakeStore();
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment("Production");
            host.UseSetting("urls", "http://127.0.0.1:0");
            host.UseSetting("RateLimits:Enabled", "false");
            foreach (var (name, value) in store.Concat(Settings)) host.UseSetting(name, value);
            if (Clock is not null) host.ConfigureTestServices(services => services.Replace(ServiceDescriptor.Singleton(Clock)));
        });
        _factory.UseKestrel(port: 0);
        Client = NewClient();
        Admin = NewClient();
        Admin.DefaultRequestHeaders.Add("X-Admin-Key", File.ReadAllText(AdminKeyFile).Trim());
    }

    public virtual async Task DisposeAsync()
    {
        if (_factory is not null)
        {
            Client?.Dispose();
            Admin?.Dispose();
            await _factory.DisposeAsync();
        }

        Directory.Delete(_folder, recursive: true);
    }

    public HttpClient NewClient() => _factory!.CreateClient();

    /// <summary>A client that shows redirects rather than follows them.</summary>
    public HttpClient NewClientWithoutRedirects() =>
        new(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Client.BaseAddress };

    /// <summary>Makes an account and a campaign.</summary>
    public async Task<HttpCampaign> CreateCampaign(object? settings = null)
    {
        var account = await Admin.PostAsJsonAsync("/admin/accounts", new { name = "Example Co" }).Json();
        return await CreateCampaign(account.Number("account_id"), account.Text("api_key"), settings);
    }

    /// <summary>Makes one more campaign of the account that has another.</summary>
    public Task<HttpCampaign> CreateCampaignBeside(HttpCampaign other, object? settings = null) =>
        CreateCampaign(other.AccountId, other.ApiKey, settings);

    private async Task<HttpCampaign> CreateCampaign(long accountId, string apiKey, object? settings)
    {
        var body = JsonSerializer.SerializeToNode(settings ?? new { })!.AsObject();
        body["account_id"] = accountId;
        body["name"] ??= "Launch";
        var campaign = await Admin.PostAsJsonAsync("/admin/campaigns", body).Json();
        return new HttpCampaign(this, campaign.Number("campaign_id"), accountId, apiKey);
    }

    /// <summary>Makes an empty store.</summary>
    /// <returns>The settings that lead to it.</returns>
    protected virtual Task<Dictionary<string, string>> MakeStore() => Task.FromResult<Dictionary<string, string>>(
        new() { ["Storage:ConnectionString"] = $"Data Source={Path.Combine(_folder, "leads.db")}" });
}

[CollectionDefinition(Name)]
public sealed class LeadEngineCollection : ICollectionFixture<LeadEngineApplication>
{
    public const string Name = "Lead engine";
}

/// <summary>A campaign over HTTP, and short ways to ask of it what tests ask most.</summary>
public sealed class HttpCampaign(LeadEngineApplication app, long id, long accountId, string apiKey)
{
    public long Id => id;

    public long AccountId => accountId;

    public string ApiKey => apiKey;

    public string Path => $"/v2/{id}";

    /// <summary>Signs somebody up as a stranger does.</summary>
    public Task<HttpResponseMessage> SignUp(object body, string? idempotencyKey = null) => Send(body, null, idempotencyKey);

    /// <summary>Signs somebody up as the owner does, with the account's key.</summary>
    public Task<HttpResponseMessage> SignUpAsOwner(object body, string? idempotencyKey = null) => Send(body, apiKey, idempotencyKey);

    /// <summary>Looks a lead up as a stranger does.</summary>
    public Task<HttpResponseMessage> LookUp(string query) => app.Client.GetAsync($"{Path}?{query}");

    /// <summary>Looks a lead up as the owner does.</summary>
    public Task<HttpResponseMessage> LookUpAsOwner(string query) => LookUp($"{query}&api_key={apiKey}");

    /// <summary>Makes a key that is good for this campaign alone.</summary>
    public async Task<string> CreateKey() =>
        (await app.Admin.PostAsJsonAsync($"/admin/campaigns/{id}/keys", new { label = "test" }).Json()).Text("api_key");

    public Task<HttpResponseMessage> Change(object changes) => app.Admin.PatchAsJsonAsync($"/admin/campaigns/{id}", changes);

    public async Task<JsonElement[]> Leads()
    {
        var page = await app.Admin.GetFromJsonAsync<JsonElement>($"/admin/campaigns/{id}/leads?limit=1000");
        return [.. page.GetProperty("leads").EnumerateArray()];
    }

    private Task<HttpResponseMessage> Send(object body, string? key, string? idempotencyKey)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = JsonContent.Create(body) };
        if (key is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        if (idempotencyKey is not null) request.Headers.TryAddWithoutValidation("Idempotency-Key", idempotencyKey);
        return app.Client.SendAsync(request);
    }
}
