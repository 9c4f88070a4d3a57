using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Installation;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Texts;
using LeadEngine.Grains.Leads;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Looks up one lead by e-mail address, phone number or social id.</summary>
internal sealed class LookUpEndpoint(
    CampaignAccess access,
    InstallationKeyring keyring,
    LeadCalls leads,
    Deadlines deadlines,
    PublicAddress address,
    PhoneCodes codes,
    AnswerBuffers buffers,
    KickoffLabsShape shape)
{
    public async Task Handle(HttpContext context)
    {
        if (await Answer(context) is { } fault) await shape.Send(context, fault);
    }

    private async ValueTask<Fault?> Answer(HttpContext context)
    {
        var deadline = deadlines.Start();
        var read = ParameterReader.ReadQuery(context.Request);
        if (!read.IsGood) return read.Fault;

        var parameters = read.Value;
        var checkedCaller = await access.Check(context.Request, parameters, deadline);
        if (!checkedCaller.IsGood) return checkedCaller.Fault;

        var (caller, keys) = (checkedCaller.Value, await keyring.Get());
        var view = new LeadView
        {
            Campaign = caller.Campaign,
            Keys = keys,
            EngineAddress = address.Of(context.Request),
            TextsAreOn = codes.IsOn,
            IsAuthorized = caller.IsAuthorized,
            SkipUrls = parameters.Flag(Parameter.SkipUrls),
            SkipActions = parameters.Flag(Parameter.SkipActions),
        };
        var wanted = LookUp.Read(parameters, caller.Campaign.Settings.DefaultRegion, keys.SocialIds);
        if (!wanted.IsGood) return wanted.Fault;

        var reply = await Find(caller.Campaign.Id, wanted.Value, deadline);
        if (!reply.Succeeded) return KickoffLabsFaults.Of(reply.Refusal!.Value);

        using var answer = buffers.Rent();
        LeadAnswer.Write(answer.Json, reply.Lead, reply.Standing, view);
        Cors.Allow(context);
        await answer.Send(context.Response, StatusCodes.Status200OK);
        return null;
    }

    // In the order in which they identify; the next is asked only where the one before names nobody.
    private async Task<LeadReply> Find(long campaignId, LookUp wanted, Deadline deadline)
    {
        var reply = LeadReply.Refused(LeadRefusal.LeadNotFound);
        if (wanted.Email is { } email) reply = await leads.Find(campaignId, IdentifierKind.Email, email, deadline);
        if (reply.Refusal is LeadRefusal.LeadNotFound && wanted.Phone is { } phone)
        {
            reply = await leads.Find(campaignId, IdentifierKind.Phone, phone, deadline);
        }

        if (reply.Refusal is LeadRefusal.LeadNotFound && wanted.LeadId is { } leadId) reply = await leads.Get(campaignId, leadId, deadline);
        return reply;
    }
}

/// <summary>Which lead a look-up is for.</summary>
internal sealed record LookUp(string? Email, string? Phone, long? LeadId)
{
    public static Checked<LookUp> Read(ParameterSet parameters, string defaultRegion, SocialIds socialIds)
    {
        var (email, phone) = (Identifiers.Email(parameters), Identifiers.Phone(parameters, defaultRegion));
        if (!Identifiers.IsAnyGiven(parameters))
        {
            parameters.Problems.Add("", "missing_identifier", "An email, a phone_number, a kid or a social_id is required.");
        }

        if (parameters.Problems.ToFault() is { } fault) return fault;
        return new LookUp(email, phone, socialIds.TryDecode(Identifiers.OwnSocialId(parameters), out var leadId) ? leadId : null);
    }
}
