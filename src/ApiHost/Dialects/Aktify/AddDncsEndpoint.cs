using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>Puts numbers on the do-not-contact list of the company: of the account, over all campaigns and dialects.</summary>
internal sealed class AddDncsEndpoint(
    AktifyAccess access, IGrainFactory grains, EngineCalls calls, Deadlines deadlines, AnswerBuffers buffers, AktifyShape shape)
{
    public async Task Handle(HttpContext context)
    {
        if (await Answer(context) is { } fault) await shape.Send(context, fault);
    }

    private async ValueTask<Fault?> Answer(HttpContext context)
    {
        var deadline = deadlines.Start();
        var grant = await access.Check(context.Request, deadline);
        if (!grant.IsGood) return grant.Fault;

        var read = await Read(context.Request);
        if (!read.IsGood) return read.Fault;

        // To put somebody on the list twice changes nothing, so this needs no idempotency key.
        var directory = grains.GetGrain<IDirectoryGrain>(grant.Value.AccountId);
        await calls.UntilHeard(_ => directory.AddDoNotContact(read.Value.Entries), deadline);

        using var answer = buffers.Rent();
        answer.Json.WriteStartArray();
        foreach (var number in read.Value.Sent)
        {
            answer.Json.WriteStartObject();
            answer.Json.WriteString(Field.PhoneNumber, number);
            answer.Json.WriteEndObject();
        }

        answer.Json.WriteEndArray();
        await answer.Send(context.Response, StatusCodes.Status201Created);
        return null;
    }

    private static async ValueTask<Checked<DncList>> Read(HttpRequest request)
    {
        using var body = await RequestBody.Read(request, FieldLimits.BodyBytes);
        if (body is null) return Faults.BodyTooLarge;

        var parsed = AktifyBody.Parse(request.ContentType, body.Bytes);
        if (!parsed.IsGood) return parsed.Fault;
        using var document = parsed.Value;
        return DncRules.Read(document.RootElement);
    }
}
