using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace LeadEngine.Durability;

/// <summary>One client that signs people up, some of them again and again, and notes in the ledger what it was told.</summary>
internal sealed class People(HttpClient client, long campaignId, Ledger ledger, int seed, int number)
{
    private const int Regulars = 20;

    private readonly Random _random = new((seed * 1_000) + number);
    private int _turn;

    /// <returns>The status of the answer; null when there was none.</returns>
    public async Task<HttpStatusCode?> SignUpNext()
    {
        var isRegular = _random.Next(10) < 3;
        var email = isRegular ? $"regular{_random.Next(Regulars)}@example.com" : $"s{seed}c{number}t{_turn++}@example.com";
        return await SignUp(ledger.Begin(email), isRegular && _random.Next(2) == 0);
    }

    private async Task<HttpStatusCode?> SignUp(Ledger.Attempt attempt, bool shout)
    {
        var email = shout ? $" {attempt.Email.ToUpperInvariant()}" : attempt.Email;
        try
        {
            using var response = await client.PostAsJsonAsync($"/v2/{campaignId}", new { email, first_name = "Ada" });
            if (response.StatusCode == HttpStatusCode.OK)
            {
                var lead = await response.Content.ReadFromJsonAsync<JsonElement>();
                attempt.Acknowledge(lead.GetProperty("rank").GetInt64(), lead.GetProperty("counter").GetInt64());
            }
            else if (response.StatusCode is not (HttpStatusCode.ServiceUnavailable or HttpStatusCode.Locked))
            {
                attempt.Wonder();
            }

            return response.StatusCode;
        }
        catch (Exception gone) when (gone is HttpRequestException or IOException or TaskCanceledException or JsonException)
        {
            attempt.Wonder();
            return null;
        }
    }
}
