using System.Text.Json;
using System.Text.RegularExpressions;
using LeadEngine.Fuzz.Requests;

namespace LeadEngine.Fuzz.Clients;

/// <summary>What a client has learned from answers: real ids, cursors and codes, of which later requests are made.</summary>
internal sealed partial class Memory
{
    /// <summary>The name under which codes of short links are kept.</summary>
    public const string LinkCode = "code";

    /// <summary>The name under which codes of inbound webhooks are kept.</summary>
    public const string InboundCode = "inbound";

    /// <summary>The name under which the signed parts of links to pages are kept.</summary>
    public const string Token = "token";

    /// <summary>The name under which the signed parts of links to the page for codes are kept.</summary>
    public const string PhoneToken = "phone token";

    /// <summary>The name under which paths of leads of campaigns are kept.</summary>
    public const string MemberPath = "member";

    private const int MaxKept = 64;

    private static readonly string[] Memorable = ["_id", "id", "social_id", "campaign_id", "nextCursor", "next"];

    private readonly Dictionary<(int Account, string Name), List<string>> _kept = [];

    /// <summary>The same, for another client to go on from.</summary>
    public Memory Copy()
    {
        var copy = new Memory();
        foreach (var (name, values) in _kept) copy._kept[name] = [.. values];
        return copy;
    }

    /// <summary>The name under which ids of what a path leads to are kept.</summary>
    public static string NameOf(string path, string member) => $"{PathParts().Replace(path, "{}").TrimEnd('/')} {member}";

    /// <summary>The name under which what identifies leads of a campaign is kept.</summary>
    public static string LeadsOf(string campaignId, string member) => $"{member} of {campaignId}";

    /// <summary>The name under which the receivers of a campaign's webhooks are kept.</summary>
    public static string ReceiversOf(string campaignId) => $"receivers of {campaignId}";

    /// <summary>The name under which codes of a campaign's inbound webhooks are kept.</summary>
    public static string InboundOf(string campaignId) => $"{InboundCode} of {campaignId}";

    public void Learn(int account, string path, JsonElement answer)
    {
        switch (answer.ValueKind)
        {
            case JsonValueKind.Array:
                foreach (var item in answer.EnumerateArray()) Learn(account, path, item);
                break;
            case JsonValueKind.Object:
                LearnLead(account, answer);
                foreach (var member in answer.EnumerateObject()) Learn(account, path, member);
                break;
        }
    }

    /// <summary>Keeps the paths of a campaign's leads, from a list of them: such an id says nothing without its campaign.</summary>
    public void LearnMembers(int account, string path, JsonElement answer)
    {
        if (!answer.TryGetProperty("data", out var members) || members.ValueKind is not JsonValueKind.Array) return;
        foreach (var member in members.EnumerateArray()) Keep(account, MemberPath, $"{path}/{member.GetProperty("_id").GetString()}");
    }

    /// <summary>Keeps to where a campaign's webhook goes, by which alone it can be deleted: no answer tells it.</summary>
    public void LearnReceiver(Draft draft)
    {
        if (draft is not { Operation: { Method: "POST", Path: "/v2/{campaign_id}/outbound-webhook" }, Body: ObjectNode body }) return;
        if (body.Members.Find(member => member.Name == "url")?.Value is TextNode url)
        {
            Keep(draft.Account.Index, ReceiversOf(draft.CampaignId), url.Value);
        }
    }

    /// <summary>Keeps the code of an inbound webhook for its campaign, where alone it can be withdrawn.</summary>
    public void LearnInbound(Draft draft, JsonElement answer)
    {
        if (draft.Operation.Path != "/v2/{campaign_id}/inbound-webhook" || answer.ValueKind is not JsonValueKind.Object) return;
        if (answer.TryGetProperty("url", out var url)) Keep(draft.Account.Index, InboundOf(draft.CampaignId), url.ToString().Split('/')[^1]);
    }

    /// <summary>Keeps by what a lead was named whom an answer tells of: strangers are not told it.</summary>
    public void LearnNames(Draft draft, JsonElement answer)
    {
        if (answer.ValueKind is not JsonValueKind.Object || !answer.TryGetProperty("campaign_id", out var campaign)) return;
        if (!answer.TryGetProperty("social_id", out _)) return;
        foreach (var name in draft.Mentioned.Where(name => name.Contains('@'))) Keep(draft.Account.Index, LeadsOf(campaign.ToString(), "email"), name);
    }

    /// <summary>One of the values that were kept; null when there are none.</summary>
    public string? Recall(int account, string name, Chance chance)
    {
        var drawn = chance.Random.Next(); // Drawn in any case, so that the rest of a request does not hang on what is remembered.
        return _kept.TryGetValue((account, name), out var values) ? values[drawn % values.Count] : null;
    }

    // Identifiers name a lead in its own campaign only.
    private void LearnLead(int account, JsonElement answer)
    {
        if (!answer.TryGetProperty("campaign_id", out var campaign)) return;
        foreach (var name in (string[])["social_id", "email", "phone_number"])
        {
            if (answer.TryGetProperty(name, out var value)) Keep(account, LeadsOf(campaign.ToString(), name), value);
        }
    }

    private void Learn(int account, string path, JsonProperty member)
    {
        var isLead = member.Name is "leadId" or "importedLeadIds";
        if (member.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
        {
            if (member.Name == "importedLeadIds") foreach (var id in member.Value.EnumerateArray()) Keep(account, "/v1/leads _id", id);
            else Learn(account, member.Name == "leadId" ? "/v1/leads" : path, member.Value);
        }
        else if (isLead) Keep(account, "/v1/leads _id", member.Value);
        else if (member.Name == "url" && path.EndsWith("/inbound-webhook", StringComparison.Ordinal))
        {
            Keep(account, InboundCode, member.Value.ToString().Split('/')[^1]);
        }
        else if (member.Name == "link") KeepCode(account, member.Value.ToString());
        else if (member.Name == "default") Keep(account, Token, member.Value.ToString().Split('/')[^1]);
        else if (member.Name == "phone_number_verification_url") Keep(account, PhoneToken, member.Value.ToString().Split('/')[^1]);
        else if (Memorable.Contains(member.Name)) Keep(account, NameOf(path, member.Name), member.Value);
    }

    // Of a short link, the code.
    private void KeepCode(int account, string link)
    {
        if (link.LastIndexOf("/l/", StringComparison.Ordinal) is >= 0 and var at) Keep(account, LinkCode, link[(at + 3)..]);
    }

    private void Keep(int account, string name, JsonElement value)
    {
        if (value.ValueKind is JsonValueKind.String or JsonValueKind.Number) Keep(account, name, value.ToString());
    }

    private void Keep(int account, string name, string value)
    {
        if (!_kept.TryGetValue((account, name), out var values)) _kept[(account, name)] = values = [];
        if (values.Count == MaxKept) values.RemoveAt(0);
        values.Add(value);
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.CultureInvariant)]
    private static partial Regex PathParts();
}
