using LeadEngine.Fuzz.Api;
using LeadEngine.Fuzz.Requests;
using LeadEngine.TestSupport;

namespace LeadEngine.Fuzz.Clients;

/// <summary>The keys that a request comes with, in the places where its part of the API looks for them.</summary>
internal static class Credentials
{
    private static readonly string[] Wrong =
    [
        "", "sk_", "sk_1_00000000000000000000000000000000", "sk_99999999999999999999_00000000000000000000000000000000", "sk_user_x",
        "null", "Bearer", "' or 1=1 --",
    ];

    public static void Add(Draft draft, Campaign? campaign, bool mustBeGood, Chance chance)
    {
        var isGood = mustBeGood || chance.Happens(draft.Operation is { Dialect: Dialect.KickoffLabs, NeedsKey: false } ? 0.5 : 0.92);
        var isNone = chance.Happens(draft.Operation.Dialect is Dialect.KickoffLabs ? 0.85 : 0.5);
        var wrong = chance.Of(Wrong);
        switch (draft.Operation.Dialect)
        {
            case Dialect.Administration:
                Put(draft, isGood, isNone, "X-Admin-Key", EngineProcess.AdminKey, wrong, Trust.Everything);
                break;
            case Dialect.KickoffLabs:
                var key = campaign is not null && !mustBeGood && chance.Happens(0.1) ? campaign.Key : draft.Account.Key;
                var place = chance.Of<string>(mustBeGood ? ["Authorization", "Authentication"] : ["api_key", "Authorization", "Authentication"]);
                if (place == "api_key") PutParameter(draft, isGood, isNone, key, wrong);
                else Put(draft, isGood, isNone, place, $"Bearer {key}", $"Bearer {wrong}", Trust.Account);
                break;
            case Dialect.Aktify:
                var own = chance.Of(draft.Account.Campaigns.Where(one => !one.MayChange).ToList());
                Put(draft, isGood, isNone, "x-api-key", own.Key, wrong, Trust.Account);
                draft.CampaignOfKey = own.Id;
                break;
            case Dialect.SendKit:
                var (header, before) = chance.Of([("Authorization", "Bearer "), ("X-Api-Key", "")]);
                var isUser = chance.Happens(0.3);
                Put(draft, isGood, isNone, header, before + (isUser ? draft.Account.User.Key : draft.Account.Key), wrong, Trust.Account);
                if (isUser) draft.Headers.Add(("X-Workspace-Id", draft.Account.User.Workspace));
                break;
        }
    }

    private static void Put(Draft draft, bool isGood, bool isNone, string header, string good, string wrong, Trust trust)
    {
        if (isGood) draft.Trust = trust;
        else if (isNone) return;
        draft.Headers.Add((header, isGood ? good : wrong));
        if (isGood) draft.Mentioned.Add(good[(good.LastIndexOf(' ') + 1)..]);
    }

    private static void PutParameter(Draft draft, bool isGood, bool isNone, string key, string wrong)
    {
        if (isGood) draft.Trust = Trust.Account;
        else if (isNone) return;
        var member = new Member { Name = "api_key", Value = Node.Text(isGood ? key : wrong) };
        if (draft.Body is ObjectNode body) body.Members.Insert(0, member);
        else draft.Query.Add(member);
        if (isGood) draft.Mentioned.Add(key);
    }
}
