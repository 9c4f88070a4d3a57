using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Links;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>Adds a lead to the campaign of the API key: parse, command, grain, answer.</summary>
internal sealed class AddLeadEndpoint(
    AktifyAccess access, LeadCalls leads, LeadChanges changes, ShortLinks links, Deadlines deadlines, AktifyShape shape)
{
    public async Task Handle(HttpContext context)
    {
        if (await Answer(context) is { } fault) await shape.Send(context, fault);
    }

    private async ValueTask<Fault?> Answer(HttpContext context)
    {
        var deadline = deadlines.Start();
        var read = await Read(context.Request, deadline);
        return read.IsGood ? await changes.Answer(context, read.Value, read.Value.Key, deadline) : read.Fault;
    }

    private async ValueTask<Checked<SubmissionChange>> Read(HttpRequest request, Deadline deadline)
    {
        var grant = await access.Check(request, deadline);
        if (!grant.IsGood) return grant.Fault;
        if (grant.Value.CampaignId is not { } campaignId) return AktifyFaults.KeyWithoutCampaign;

        using var body = await RequestBody.Read(request, FieldLimits.BodyBytes);
        if (body is null) return Faults.BodyTooLarge;

        var submission = Parse(request.ContentType, body.Bytes);
        if (!submission.IsGood) return submission.Fault;

        var key = IdempotencyKey.Read(request, grant.Value, campaignId, body.Bytes.Span);
        if (key is { IsGood: false }) return key.Value.Fault;

        var shortLink = submission.Value.LongLink is { } url ? ShortLinks.Create(url) : null;
        var link = shortLink is null ? submission.Value.Sent.Link : links.AddressOf(shortLink.Code, request);
        return new SubmissionChange(leads, submission.Value, campaignId, key?.Value, link, shortLink);
    }

    private static Checked<Submission> Parse(string? contentType, ReadOnlyMemory<byte> body)
    {
        var parsed = AktifyBody.Parse(contentType, body);
        if (!parsed.IsGood) return parsed.Fault;
        using var document = parsed.Value;
        return SubmissionRules.Read(document.RootElement);
    }
}

/// <summary>A lead that is ready to be added.</summary>
internal sealed class SubmissionChange(
    LeadCalls leads, Submission submission, long campaignId, IdempotencyKey? key, string? link, ShortLink? shortLink) : ILeadChange
{
    public long CampaignId => campaignId;

    public IdempotencyKey? Key => key;

    public Task<LeadReply> Run(RequestStamp stamp, Deadline deadline) =>
        leads.Upsert(submission.ToCommand(campaignId, stamp, link, shortLink), deadline);

    // The short link is the stored one: an earlier try of this request may have made it.
    public int Write(LeadReply reply, Utf8JsonWriter json)
    {
        LeadEcho.Write(json, submission.Sent, shortLink is null ? link : reply.Lead!.Profile.Link);
        return StatusCodes.Status201Created;
    }

    public Fault FaultOf(LeadRefusal refusal) => AktifyFaults.Of(refusal);
}
