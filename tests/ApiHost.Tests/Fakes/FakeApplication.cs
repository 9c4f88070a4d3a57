using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadEngine.ApiHost.Tests.Fakes;

/// <summary>The API with a <see cref="FakeEngine"/> behind it and a clock that stands still.</summary>
internal sealed class FakeApplication : IAsyncDisposable
{
    public const string AdminKey = "the tests' admin key";
    public const string ApiKey = "sk_7_00000000000000000000000000000000";

    private readonly WebApplicationFactory<Program> _factory;

    public FakeApplication(params (string Name, string Value)[] settings)
    {
        _factory = new WebApplicationFactory<Program>().WithWebHostBuilder(host =>
        {
            host.UseEnvironment(Environments.Production);
            host.UseSetting("Admin:Key", AdminKey);
            host.UseSetting("RateLimits:Enabled", "false");
            foreach (var (name, value) in settings) host.UseSetting(name, value);
            host.ConfigureTestServices(services =>
            {
                services.RemoveAll<IHostedService>();
                services.Replace(ServiceDescriptor.Singleton(Engine.Grains));
                services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Clock));
                services.AddSingleton<ILoggerProvider>(Log);
            });
        });
        Client = _factory.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
    }

    public FakeEngine Engine { get; } = new();

    public ManualClock Clock { get; } = new();

    public LogOfTest Log { get; } = new();

    public HttpClient Client { get; }

    public IServiceProvider Services => _factory.Services;

    /// <summary>Signs somebody up.</summary>
    public Task<HttpResponseMessage> SignUp(string? idempotencyKey = null, string? apiKey = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, $"/v2/{Samples.CampaignId}")
        {
            Content = JsonContent.Create(new { email = "me@example.com", plan = "pro" }),
        };
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        if (apiKey is not null) request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {apiKey}");
        return Client.SendAsync(request);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _factory.DisposeAsync();
    }
}

/// <summary>Short ways to read an answer.</summary>
internal static class Answers
{
    public static async Task<JsonElement> Json(this Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        return await response.Json();
    }

    public static Task<JsonElement> Json(this HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>();

    /// <summary>The status and the code of an error, for example <c>404 lead_not_found</c>.</summary>
    public static async Task<string> Error(this Task<HttpResponseMessage> sent)
    {
        using var response = await sent;
        var body = await response.Json();
        return $"{(int)response.StatusCode} {(body.TryGetProperty("code", out var code) ? code.GetString() : "")}";
    }

    public static string Text(this JsonElement answer, string name) => answer.GetProperty(name).GetString()!;

    public static long Number(this JsonElement answer, string name) => answer.GetProperty(name).GetInt64();
}
