using System.Globalization;
using LeadEngine.Fuzz.Api;
using LeadEngine.Fuzz.Mutations;
using LeadEngine.Fuzz.Requests;

namespace LeadEngine.Fuzz.Clients;

/// <summary>Makes the requests of a seed: the same ones for the same description, seed and memory.</summary>
internal sealed class DraftMaker(int seed, OperationPool operations, IReadOnlyList<Account> accounts)
{
    private const double Foreign = 0.03;

    /// <summary>The request with a number.</summary>
    public Draft Make(int number, Memory memory)
    {
        var chance = new Chance(new Random(Mix(number)));
        var draft = MakePlain(number, operations.Draw(chance), memory, chance, out var isForeign);
        Mutator.Mutate(draft, chance, valuesOnly: isForeign);
        return draft;
    }

    /// <summary>A request of an operation and an account, as it should be.</summary>
    public Draft MakePlain(int number, ApiOperation operation, Account account, Memory memory) =>
        MakePlain(number, operation, account, account, memory, new Chance(new Random(Mix(number))));

    private Draft MakePlain(int number, ApiOperation operation, Memory memory, Chance chance, out bool isForeign)
    {
        var account = accounts[operation.TakesAway || chance.Happens(0.3) ? 1 : 0];
        isForeign = chance.Happens(Foreign) && !operation.IsForWhoKnowsIt;
        return MakePlain(number, operation, account, isForeign ? accounts[1 - account.Index] : account, memory, chance);
    }

    // Requests about another account's things come with good keys: without, they might be let in as a stranger's.
    private static Draft MakePlain(int number, ApiOperation operation, Account account, Account things, Memory memory, Chance chance)
    {
        var (method, path) = (operation.Method, operation.Path);
        var campaign = PickCampaign(operation, things, memory, chance);
        var draft = new Draft
        {
            Number = number,
            Operation = operation,
            Account = account,
            CampaignId = campaign.Id,
            Campaign = campaign.Known,
            Method = method,
            Path = path,
            MayShowPeople = campaign.Known is null or { ShowsPeople: true } or { MayChange: true },
        };
        var words = new Vocabulary(account, things.Index, memory, chance, draft);
        draft.Path = Path(draft, things, words);
        foreach (var (name, schema) in operation.Query)
        {
            if (name == "api_key" || !chance.Happens(schema.IsRequired ? 0.98 : operation.Body is null ? 0.4 : 0.03)) continue;
            draft.Query.Add(new() { Name = name, Value = words.Of(name, schema) });
        }

        if (operation.Body is not null) AddBody(draft, operation, words, chance);
        if (operation.Dialect is Dialect.KickoffLabs && !operation.Path.Contains('{')) AddCampaign(draft, campaign.Id, chance);
        if (operation.Headers.Any(header => header.Name == "Idempotency-Key") && chance.Happens(0.25)) AddIdempotencyKey(draft, chance);
        Credentials.Add(draft, campaign.Known, mustBeGood: things != account, chance);
        return draft;
    }

    private static (string Id, Campaign? Known) PickCampaign(ApiOperation operation, Account things, Memory memory, Chance chance)
    {
        var made = memory.Recall(things.Index, "/admin/campaigns campaign_id", chance);
        if (made is not null && chance.Happens(0.15)) return (made, null);
        var isChange = operation is { Method: "PATCH", Dialect: Dialect.Administration };
        var campaign = chance.Of(things.Campaigns.Where(one => !isChange || one.MayChange).ToList());
        return (campaign.Id.ToString(CultureInfo.InvariantCulture), campaign);
    }

    private static string Path(Draft draft, Account things, Vocabulary words)
    {
        var (operation, path) = (draft.Operation, draft.Operation.Path);
        if (path.EndsWith("{campaign_lead_id}", StringComparison.Ordinal) && words.Recall(Memory.MemberPath) is { } member) return member;
        for (var open = path.IndexOf('{'); open >= 0; open = path.IndexOf('{'))
        {
            var (end, before) = (path.IndexOf('}'), operation.Path[..operation.Path.IndexOf(path[open..], StringComparison.Ordinal)]);
            var id = path[(open + 1)..end] switch
            {
                "code" when operation.Dialect is Dialect.KickoffLabs => words.Id(Memory.InboundCode),
                "code" when path.Contains("/inbound-webhooks/", StringComparison.Ordinal) => words.Id(Memory.InboundOf(draft.CampaignId)),
                "code" => words.Id(Memory.LinkCode),
                "campaign_action_id" => words.Action(),
                "action_name" => words.Id("name"),
                "token" when path.StartsWith("/verify-phone", StringComparison.Ordinal) => words.Id(Memory.PhoneToken),
                "token" => words.Id(Memory.Token),
                "webhookId" => words.Id("/admin/accounts/{}/webhooks id"),
                "leadId" => words.Id("/admin/campaigns/{}/leads id"),
                "id" when path.StartsWith("/admin/accounts", StringComparison.Ordinal) => things.Id.ToString(CultureInfo.InvariantCulture),
                "id" when path.StartsWith("/v1/campaigns", StringComparison.Ordinal) => words.CampaignOfSendKit(),
                _ when operation.Dialect is Dialect.Administration or Dialect.KickoffLabs => draft.CampaignId,
                _ => words.Id(Memory.NameOf(before, "_id")),
            };
            path = string.Concat(path.AsSpan(0, open), id, path.AsSpan(end + 1));
        }

        return path;
    }

    private static void AddBody(Draft draft, ApiOperation operation, Vocabulary words, Chance chance)
    {
        var body = words.Members(operation.Body!);
        body.Members.RemoveAll(member => member.Name == "api_key");
        draft.Body = body;
        draft.ContentType = chance.Of([operation.BodyTypes[0], chance.Of(operation.BodyTypes)]);
        draft.Form = draft.ContentType switch
        {
            "application/x-www-form-urlencoded" => BodyForm.Form,
            "multipart/form-data" => BodyForm.Multipart,
            _ => BodyForm.Json,
        };
        if (draft.Form is BodyForm.Multipart) draft.ContentType += $"; boundary={DraftWriter.Boundary}";
    }

    private static void AddCampaign(Draft draft, string campaignId, Chance chance)
    {
        var member = new Member { Name = chance.Of(["campaign_id", "campaignId", "list_id", "__lid"]), Value = Node.Text(campaignId) };
        if (draft.Body is ObjectNode body && chance.Happens(0.8)) body.Members.Add(member);
        else draft.Query.Add(member);
    }

    // Few keys, so that they come again: with the same request hardly ever, with another one often.
    private static void AddIdempotencyKey(Draft draft, Chance chance) => draft.Headers.Add(
        ("Idempotency-Key", chance.Happens(0.5) ? $"fuzz-{draft.Number}" : $"fuzz-{chance.Between(1, 50)}"));

    private int Mix(int number)
    {
        var mixed = unchecked(((ulong)(uint)seed << 32) + (uint)number);
        mixed = unchecked((mixed ^ (mixed >> 33)) * 0xFF51AFD7ED558CCD);
        mixed = unchecked((mixed ^ (mixed >> 33)) * 0xC4CEB9FE1A85EC53);
        return (int)(mixed ^ (mixed >> 33));
    }
}
