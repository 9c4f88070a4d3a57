using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LeadEngine.Durability;

/// <summary>People who sign up, some of them again and again, until they are told to stop.</summary>
internal sealed class SignupLoad(HttpClient client, long campaignId, Ledger ledger, int seed)
{
    private const int Clients = 24;
    private const int Regulars = 20;

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Runs until so many more were acknowledged, does what it is told, and lets every client end what it has begun.</summary>
    public async Task RunUntil(int acknowledged, Func<Task> disturb)
    {
        var goal = ledger.Acknowledged + acknowledged;
        var clients = Enumerable.Range(0, Clients).Select(number => RunClient(number, goal)).ToArray();
        await Task.WhenAny(_enough.Task, Task.WhenAll(clients)).WaitAsync(TimeSpan.FromMinutes(1));
        await disturb();
        await _stop.CancelAsync();
        await Task.WhenAll(clients).WaitAsync(TimeSpan.FromMinutes(1));
    }

    private async Task RunClient(int number, int goal)
    {
        var random = new Random((seed * 1_000) + number);
        for (var turn = 0; !_stop.IsCancellationRequested; turn++)
        {
            var isRegular = random.Next(10) < 3;
            var email = isRegular ? $"regular{random.Next(Regulars)}@example.com" : $"s{seed}c{number}t{turn}@example.com";
            if (!await SignUp(email, isRegular && random.Next(2) == 0)) return;
            if (ledger.Acknowledged >= goal) _enough.TrySetResult();
        }
    }

    /// <summary>False once the engine is gone.</summary>
    private async Task<bool> SignUp(string email, bool shout)
    {
        try
        {
            using var response = await client.PostAsJsonAsync(
                $"/v2/{campaignId}", new { email = shout ? $" {email.ToUpperInvariant()}" : email, first_name = "Ada" });
            if (response.StatusCode == HttpStatusCode.OK)
            {
                var lead = await response.Content.ReadFromJsonAsync<JsonElement>();
                ledger.Acknowledge(email, lead.GetProperty("rank").GetInt64(), lead.GetProperty("counter").GetInt64());
            }
            else if (response.StatusCode != HttpStatusCode.ServiceUnavailable)
            {
                ledger.Wonder(email);
            }

            return true;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or TaskCanceledException or JsonException)
        {
            ledger.Wonder(email);
            return false;
        }
    }
}
