using System.Collections.Concurrent;
using System.Net.Http.Json;
using System.Text.Json;

namespace LeadEngine.Durability.Webhooks;

/// <summary>People who sign up twice and are deleted at once, while what happened to them is still being told.</summary>
internal sealed class Leavers(HttpClient client, long campaignId, string apiKey)
{
    private const int Count = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, bool> _acknowledged = new();
    private readonly HashSet<string> _deleted = [];
    private readonly Dictionary<string, int> _goneIn = [];

    /// <summary>Those whose sign-up was answered with 2xx. Nobody else is deleted.</summary>
    public IEnumerable<string> Acknowledged => _acknowledged.Keys;

    /// <summary>Who was seen to be gone, and in which life of the engine.</summary>
    public IReadOnlyDictionary<string, int> GoneIn => _goneIn;

    public async Task ComeAndGo(int round)
    {
        string[] emails = [.. Enumerable.Range(0, Count).Select(number => $"leaver{round}n{number}@example.com")];
        var signedUp = await Task.WhenAll(emails.Select(SignUpTwice));
        string[] leaving = [.. emails.Where((_, i) => signedUp[i])];
        if (leaving.Length == 0) return;
        if (await Send(HttpMethod.Delete, new { api_key = apiKey, email = leaving })) _deleted.UnionWith(leaving);
    }

    /// <summary>Waits until those are gone whose deletion was acknowledged.</summary>
    public async Task AwaitGone(EngineApi api, int life)
    {
        using var patience = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while ((await api.ListLeads(campaignId)).Exists(lead => _deleted.Contains(lead.Email)))
        {
            await tick.WaitForNextTickAsync(patience.Token);
        }

        foreach (var email in _deleted) _goneIn.TryAdd(email, life);
    }

    private async Task<bool> SignUpTwice(string email)
    {
        if (!await Send(HttpMethod.Post, new { email })) return false;
        _acknowledged[email] = true;
        await Send(HttpMethod.Post, new { email });
        return true;
    }

    private async Task<bool> Send(HttpMethod method, object body)
    {
        try
        {
            using var request = new HttpRequestMessage(method, $"/v2/{campaignId}") { Content = JsonContent.Create(body) };
            using var response = await client.SendAsync(request);
            return response.IsSuccessStatusCode;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or TaskCanceledException or JsonException)
        {
            return false;
        }
    }
}
