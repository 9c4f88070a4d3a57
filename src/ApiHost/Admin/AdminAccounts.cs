using LeadEngine.Accounts;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Limits;
using LeadEngine.Campaigns;
using LeadEngine.Installation;
using LeadEngine.Limits;

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

    public static async Task<IResult> Get(long id, IGrainFactory grains) =>
        await grains.GetGrain<IAccountGrain>(id).Get() is { } account
            ? Answer(StatusCodes.Status200OK, AccountAnswer.From(account))
            : new FaultResult(AdminFaults.AccountNotFound);

    public static async Task<IResult> Change(long id, HttpRequest request, IGrainFactory grains, AccountCatalog catalog)
    {
        var json = await AdminBody.Read(request);
        if (!json.IsGood) return new FaultResult(json.Fault);
        var body = AdminBody.Deserialize<AccountPatchBody>(json.Value);
        if (!body.IsGood) return new FaultResult(body.Fault);
        if (json.Value.Count == 0) return await Get(id, grains);

        var limits = body.Value.RateLimits ?? new AccountRateLimitsBody();
        if (!limits.IsValid()) return InvalidLimits();
        if (await grains.GetGrain<IAccountGrain>(id).SetRequestsPerMinute(limits.PerMinute) is { } refusal)
        {
            return new FaultResult(AdminFaults.Of(refusal));
        }

        catalog.Forget(id);
        return await Get(id, grains);
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

    private static FaultResult InvalidLimits() => new(AdminFaults.Invalid(
        [new FaultDetail("rate_limits", "invalid_setting", $"rate_limits must have a per_minute of 1 to {RateLimit.MaxCount}, or null.")]));

    private static FaultResult InvalidName(string name) =>
        new(AdminFaults.Invalid([new FaultDetail(name, "invalid_name", $"{name} must have 1 to {AdminRules.MaxNameLength} characters.")]));
}
