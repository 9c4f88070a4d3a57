using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Texts;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Verifies a phone number by the code of a text message.</summary>
internal sealed class VerifyPhoneEndpoint(PhoneCodes codes, LeadCalls leads, LeadChanges changes)
{
    // In the vendor's words, whoever it is that sends the messages.
    private static readonly Fault NotSetUp = new(StatusCodes.Status409Conflict, "texts_not_set", "Missing required Twilio information");

    private static readonly Fault NoCode = new(StatusCodes.Status409Conflict, "missing_code", "Verification code not found");

    public async ValueTask<Fault?> Verify(CommandRequest request)
    {
        if (!codes.IsOn) return NotSetUp;
        if (request.Key is { IsGood: false } wrongKey) return wrongKey.Fault;
        if (request.Parameters.Text(Parameter.Code) is not { } code) return NoCode;
        if (!Identifiers.IsAnyGiven(request.Parameters)) return CommandFaults.NoLeadNamed;
        var named = LookUp.Read(request.Parameters, request.Campaign.Settings.DefaultRegion, request.Keys.SocialIds);
        if (!named.IsGood) return named.Fault;

        var change = new PhoneVerification(codes, leads, request.Campaign.Id, named.Value, code);
        return await changes.Answer(request.Http, change, request.Key?.Value, request.Deadline);
    }
}

/// <summary>A phone number to be verified. The code is looked at before the change: wrong ones cost the idempotency key nothing.</summary>
internal sealed class PhoneVerification(PhoneCodes codes, LeadCalls leads, long campaignId, LookUp named, string code) : ILeadChange
{
    private static readonly Fault LeadNotFound = new(StatusCodes.Status404NotFound, "lead_not_found", "No lead found");

    private static readonly Fault AlreadyVerified = new(StatusCodes.Status409Conflict, "already_verified", "Lead already verified");

    private Fault? _fault;

    public long CampaignId => campaignId;

    public async Task<LeadReply> Run(RequestStamp stamp, Deadline deadline)
    {
        var found = await Find(deadline);
        if (!found.Succeeded) return found;

        // A repeat may find what its first try did.
        if (!(stamp.IsRepeat && found.Lead.Profile.VerifiedPhone))
        {
            _fault = found.Lead.Profile.VerifiedPhone ? AlreadyVerified : await codes.Check(found.Lead.Id, code, deadline);
            if (_fault is not null) return LeadReply.Refused(LeadRefusal.Busy);
        }

        var command = new LeadCommand { CampaignId = campaignId, Request = stamp, Order = LeadOrder.VerifyPhone };
        return await leads.Apply(found.Lead.Id, command, deadline);
    }

    public int Write(LeadReply reply, Utf8JsonWriter json)
    {
        Messages.Write(json, "Lead verified");
        return StatusCodes.Status200OK;
    }

    public Fault FaultOf(LeadRefusal refusal) =>
        _fault ?? (refusal is LeadRefusal.LeadNotFound ? LeadNotFound : KickoffLabsFaults.Of(refusal));

    // The phone number is preferred.
    private Task<LeadReply> Find(Deadline deadline) => named switch
    {
        { Phone: { } phone } => leads.Find(campaignId, IdentifierKind.Phone, phone, deadline),
        { Email: { } email } => leads.Find(campaignId, IdentifierKind.Email, email, deadline),
        { LeadId: { } leadId } => leads.Get(campaignId, leadId, deadline),
        _ => Task.FromResult(LeadReply.Refused(LeadRefusal.LeadNotFound)),
    };
}
