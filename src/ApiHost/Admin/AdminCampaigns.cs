using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using LeadEngine.Accounts;
using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Http;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Admin;

/// <summary>Makes, shows and changes campaigns.</summary>
internal static class AdminCampaigns
{
    private const string AccountMember = "account_id";
    private const string StatusMember = "status";
    private const int MaxTries = 5;

    public static async Task<IResult> Create(HttpRequest request, IGrainFactory grains, CampaignNeeds needs)
    {
        var body = await AdminBody.Read(request);
        if (!body.IsGood) return new FaultResult(body.Fault);
        if (!TryReadId(Take(body.Value, AccountMember), out var accountId))
        {
            return Invalid(AccountMember, "account_id must be the number of an account.");
        }

        var settings = new CampaignBody().With(body.Value);
        if (!settings.IsGood) return new FaultResult(settings.Fault);
        if (needs.WhatIsMissing(null, settings.Value) is { } missing) return new FaultResult(missing);

        var reply = await grains.GetGrain<IAccountGrain>(accountId).CreateCampaign(settings.Value);
        return reply.Refusal is LeadRefusal.CampaignNotFound
            ? new FaultResult(AdminFaults.AccountNotFound)
            : Answer(reply, StatusCodes.Status201Created);
    }

    public static async Task<IResult> Get(long id, IGrainFactory grains) =>
        Answer(await grains.GetGrain<ICampaignGrain>(id).Get(), StatusCodes.Status200OK);

    public static async Task<IResult> Change(long id, HttpRequest request, IGrainFactory grains, CampaignCatalog catalog, CampaignNeeds needs)
    {
        var body = await AdminBody.Read(request);
        if (!body.IsGood) return new FaultResult(body.Fault);

        var status = Take(body.Value, StatusMember);
        var wanted = status is { ValueKind: JsonValueKind.String } text ? AdminRules.StatusOf(text.GetString()) : null;
        if (status is not null && wanted is null) return Invalid(StatusMember, "status must be open, ended or locked.");

        var campaign = grains.GetGrain<ICampaignGrain>(id);
        var changed = await Settle(() => Configure(campaign, body.Value, needs));
        if (changed is { IsGood: true, Value.Succeeded: true } && wanted is { } next)
        {
            changed = await Settle(async () => await campaign.SetStatus(next));
        }

        catalog.Forget(id);
        return changed.IsGood ? Answer(changed.Value, StatusCodes.Status200OK) : new FaultResult(changed.Fault);
    }

    private static async Task<Checked<CampaignReply>> Configure(ICampaignGrain campaign, JsonObject changes, CampaignNeeds needs)
    {
        var reply = await campaign.Get();
        if (!reply.Succeeded) return reply;

        if (changes.Count == 0) return reply;
        var settings = CampaignBody.From(reply.Campaign.Settings).With(changes);
        if (!settings.IsGood) return settings.Fault;
        if (needs.WhatIsMissing(reply.Campaign.Settings, settings.Value) is { } missing) return missing;
        return await campaign.Configure(reply.Campaign.Revision, settings.Value);
    }

    // A campaign that has just moved to another activation, or was changed by somebody else, asks to be asked again.
    public static async Task<Checked<CampaignReply>> Settle(Func<Task<Checked<CampaignReply>>> call)
    {
        var reply = await call();
        for (var tries = 1; tries < MaxTries && reply.IsGood && reply.Value.Refusal is LeadRefusal.AskAgain; tries++) reply = await call();
        return reply;
    }

    private static IResult Answer(CampaignReply reply, int status) => reply.Succeeded
        ? AdminAccounts.Answer(status, CampaignAnswer.From(reply.Campaign))
        : new FaultResult(AdminFaults.Of(reply.Refusal!.Value));

    // Clients that take ids for texts send them back as texts.
    private static bool TryReadId(JsonElement? sent, out long id)
    {
        id = 0;
        return sent switch
        {
            { ValueKind: JsonValueKind.Number } number => number.TryGetInt64(out id),
            { ValueKind: JsonValueKind.String } text =>
                long.TryParse(text.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out id),
            _ => false,
        };
    }

    private static JsonElement? Take(JsonObject body, string name)
    {
        if (!body.TryGetPropertyValue(name, out var value)) return null;
        body.Remove(name);
        return JsonSerializer.SerializeToElement(value);
    }

    private static FaultResult Invalid(string name, string message) =>
        new(AdminFaults.Invalid([new FaultDetail(name, "invalid_setting", message)]));
}
