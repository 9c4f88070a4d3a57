using System.Text.Json;
using System.Text.Json.Serialization;

namespace LeadEngine.Peers;

internal sealed record SignUp(string Email, string? FirstName, string? Company);

internal sealed record NewAccount(string Name);

internal sealed record AccountAnswer(long AccountId, string ApiKey);

internal sealed record NewCampaign(long AccountId, string Name);

internal sealed record CampaignAnswer(long CampaignId);

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SignUp))]
[JsonSerializable(typeof(NewAccount))]
[JsonSerializable(typeof(AccountAnswer))]
[JsonSerializable(typeof(NewCampaign))]
[JsonSerializable(typeof(CampaignAnswer))]
[JsonSerializable(typeof(LeadAnswer))]
internal sealed partial class PeerJson : JsonSerializerContext;
