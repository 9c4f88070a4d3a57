using System.Buffers;
using System.Text.Json;

namespace LeadEngine.Peers;

/// <summary>What HTTP and JSON alone cost: the body is parsed, an answer of the usual size is written, and nothing is kept.</summary>
internal static class EchoPeer
{
    private static readonly DateTimeOffset Started = TimeProvider.System.GetUtcNow();

    public static void Map(WebApplication app)
    {
        app.MapPost("/admin/accounts", (NewAccount account) => new AccountAnswer(1, account.Name));
        app.MapPost("/admin/campaigns", (NewCampaign _) => new CampaignAnswer(1));
        app.MapPost("/v2/{campaign:long}", Echo);
    }

    private static async Task Echo(HttpContext http)
    {
        var person = await JsonSerializer.DeserializeAsync(http.Request.BodyReader, PeerJson.Default.SignUp, http.RequestAborted);
        var answer = JsonSerializer.SerializeToUtf8Bytes(Answer(person!), PeerJson.Default.LeadAnswer);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = answer.Length;
        http.Response.BodyWriter.Write(answer);
        await http.Response.BodyWriter.FlushAsync(http.RequestAborted);
    }

    private static LeadAnswer Answer(SignUp person) => new()
    {
        Id = 107646230,
        SocialId = "36N38P",
        Rank = 268,
        Counter = 1,
        LeadCount = 268,
        CampaignId = 1,
        FirstName = person.FirstName,
        When = Started,
        Email = person.Email,
        CustomFields = new(person.Company),
    };
}
