using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.ApiHost.Installation;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Texts;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Creates or updates a lead: parse, command, grain, answer.</summary>
internal sealed class SignupEndpoint(
    CampaignAccess access,
    InstallationKeyring keyring,
    LeadCalls leads,
    LeadChanges changes,
    Deadlines deadlines,
    PublicAddress address,
    PhoneCodes codes,
    KickoffLabsShape shape)
{
    public async Task Handle(HttpContext context)
    {
        if (await Answer(context) is { } fault) await shape.Send(context, fault);
    }

    private async ValueTask<Fault?> Answer(HttpContext context)
    {
        var deadline = deadlines.Start();
        var read = await Read(context, deadline);
        if (!read.IsGood) return read.Fault;

        Cors.Allow(context);
        return await changes.Answer(context, read.Value, read.Value.Key, deadline);
    }

    private async ValueTask<Checked<SignupChange>> Read(HttpContext context, Deadline deadline)
    {
        using var body = await RequestBody.Read(context.Request, FieldLimits.BodyBytes);
        if (body is null) return Faults.BodyTooLarge;

        var parameters = await ParameterReader.Read(context.Request, body.Bytes);
        if (!parameters.IsGood) return parameters.Fault;

        var caller = await access.Check(context.Request, parameters.Value, deadline);
        if (!caller.IsGood) return caller.Fault;

        var keys = await keyring.Get();
        var signup = SignupRules.Read(parameters.Value, caller.Value, keys.SocialIds, context.Connection.RemoteIpAddress);
        if (!signup.IsGood) return signup.Fault;

        var (campaign, grant) = caller.Value;
        var key = IdempotencyKey.Read(context.Request, grant, campaign.Id, body.Bytes.Span);
        if (key is { IsGood: false }) return key.Value.Fault;

        return new SignupChange(leads, signup.Value, key?.Value, new LeadView
        {
            Campaign = campaign,
            Keys = keys,
            EngineAddress = address.Of(context.Request),
            TextsAreOn = codes.IsOn,
            IsAuthorized = caller.Value.IsAuthorized,
            SkipUrls = signup.Value.SkipUrls,
            SkipActions = signup.Value.SkipActions,
            RedirectUrl = signup.Value.Patch.RedirectUrl,
            Submitted = signup.Value.Patch.CustomFields,
        });
    }
}

/// <summary>A sign-up that is ready to run.</summary>
internal sealed class SignupChange(LeadCalls leads, Signup signup, IdempotencyKey? key, LeadView view) : ILeadChange
{
    /// <summary>The status of success, new lead or not.</summary>
    public int Status { get; init; } = StatusCodes.Status200OK;

    public long CampaignId => view.Campaign.Id;

    public IdempotencyKey? Key => key;

    public Task<LeadReply> Run(RequestStamp stamp, Deadline deadline)
    {
        var command = signup.ToCommand(CampaignId, stamp);
        return signup.LeadId is { } leadId ? leads.Update(leadId, command, deadline) : leads.Upsert(command, deadline);
    }

    public int Write(LeadReply reply, Utf8JsonWriter json)
    {
        LeadAnswer.Write(json, reply.Lead!, reply.Standing!, view);
        return Status;
    }

    public Fault FaultOf(LeadRefusal refusal) => KickoffLabsFaults.Of(refusal);
}
