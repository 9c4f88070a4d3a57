using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.ApiHost.Installation;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Texts;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>
/// Takes the leads that other systems post to an inbound webhook. Who knows its address may sign people up, and see no more of them than a
/// stranger does.
/// </summary>
internal sealed class InboundEndpoint(
    CampaignAccess access,
    InstallationKeyring keyring,
    LeadCalls leads,
    LeadChanges changes,
    Deadlines deadlines,
    PublicAddress address,
    PhoneCodes codes,
    KickoffLabsShape shape)
{
    public const string CodePart = "code";

    public async Task Handle(HttpContext context)
    {
        if (await Answer(context) is { } fault) await shape.Send(context, fault);
    }

    private async ValueTask<Fault?> Answer(HttpContext context)
    {
        var deadline = deadlines.Start();
        using var body = await RequestBody.Read(context.Request, FieldLimits.BodyBytes);
        if (body is null) return Faults.BodyTooLarge;

        var keys = await keyring.Get();
        var code = context.Request.RouteValues[CodePart] as string;
        if (keys.InboundLinks.Read(code) is not { } link) return KickoffLabsFaults.WebhookNotFound;
        var campaign = await access.CheckAddress(context, link.CampaignId, deadline);
        if (!campaign.IsGood) return campaign.Fault;
        var withdrawn = campaign.Value.Settings.WithdrawnInboundWebhooks;
        if (withdrawn.Contains(keys.InboundLinks.IdOf(link))) return KickoffLabsFaults.WebhookNotFound;

        var parameters = await ParameterReader.Read(context.Request, body.Bytes);
        if (!parameters.IsGood) return parameters.Fault;
        var caller = new Caller(campaign.Value, null);
        var signup = SignupRules.Read(parameters.Value, caller, keys.SocialIds, context.Connection.RemoteIpAddress);
        if (!signup.IsGood) return signup.Fault;
        var key = IdempotencyKey.Read(context.Request, null, link.CampaignId, body.Bytes.Span);
        if (key is { IsGood: false }) return key.Value.Fault;

        Cors.Allow(context);
        var view = new LeadView
        {
            Campaign = campaign.Value,
            Keys = keys,
            EngineAddress = address.Of(context.Request),
            TextsAreOn = codes.IsOn,
            SkipUrls = signup.Value.SkipUrls,
            SkipActions = signup.Value.SkipActions,
            RedirectUrl = signup.Value.Patch.RedirectUrl,
            Submitted = signup.Value.Patch.CustomFields,
        };
        var change = new SignupChange(leads, Through(link, signup.Value, caller), key?.Value, view)
        {
            Status = StatusCodes.Status201Created,
        };
        return await changes.Answer(context, change, change.Key, deadline);
    }

    // The system that posts has one address for everybody.
    private static Signup Through(InboundLink link, Signup signup, Caller caller) => signup with
    {
        Patch = signup.Patch with { Source = signup.Patch.Source ?? link.Source },
        SkipIpCheck = true,
        Tags = [.. caller.Campaign.Settings.Tags.Where(tag => tag.Id == link.TagId)],
    };
}
