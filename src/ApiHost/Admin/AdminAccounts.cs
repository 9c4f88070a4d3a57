using LeadEngine.Accounts;
using LeadEngine.ApiHost.Http;
using LeadEngine.Campaigns;
using LeadEngine.Installation;

namespace LeadEngine.ApiHost.Admin;

/// <summary>Makes accounts and keys.</summary>
internal static class AdminAccounts
{
    public static async Task<IResult> Create(HttpRequest request, IGrainFactory grains)
    {
        var body = await AdminBody.Read<NewAccountBody>(request);
        if (!body.IsGood) return new FaultResult(body.Fault);
        if (!AdminRules.IsName(body.Value.Name)) return InvalidName("name");

        var account = await grains.GetGrain<IInstallationGrain>(0).CreateAccount(body.Value.Name);
        return Answer(StatusCodes.Status201Created, new AccountCreated(account.AccountId, account.ApiKey));
    }

    public static async Task<IResult> CreateKey(long id, HttpRequest request, IGrainFactory grains)
    {
        var body = await AdminBody.Read<NewKeyBody>(request);
        if (!body.IsGood) return new FaultResult(body.Fault);
        if (!AdminRules.IsName(body.Value.Label)) return InvalidName("label");

        var campaign = await grains.GetGrain<ICampaignGrain>(id).Get();
        if (!campaign.Succeeded) return new FaultResult(AdminFaults.Of(campaign.Refusal!.Value));

        var key = await grains.GetGrain<IAccountGrain>(campaign.Campaign.AccountId).CreateKey(body.Value.Label, id);
        return key.ApiKey is { } apiKey
            ? Answer(StatusCodes.Status201Created, new KeyCreated(apiKey))
            : new FaultResult(AdminFaults.Of(key.Refusal!.Value));
    }

    public static IResult Answer<T>(int status, T body) => TypedResults.Json(body, AdminBody.Options, statusCode: status);

    private static FaultResult InvalidName(string name) =>
        new(AdminFaults.Invalid([new FaultDetail(name, "invalid_name", $"{name} must have 1 to {AdminRules.MaxNameLength} characters.")]));
}
