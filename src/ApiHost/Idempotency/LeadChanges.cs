using System.Collections.Immutable;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Idempotency;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Idempotency;

/// <summary>Runs changes of leads and answers them: once, however often a request under one idempotency key is sent.</summary>
internal sealed class LeadChanges(IdempotencyRecords records, LeadCalls leads, AnswerBuffers buffers, TimeProvider clock)
{
    /// <returns>The fault to answer with; null when the answer was sent.</returns>
    public async ValueTask<Fault?> Answer(HttpContext context, ILeadChange change, IdempotencyKey? key, Deadline deadline)
    {
        if (key is not null) return await AnswerOnce(context, change, key, deadline);

        var now = clock.GetUtcNow();
        var reply = await change.Run(new RequestStamp { Id = Guid.CreateVersion7(now), ReceivedAt = now }, deadline);
        if (!reply.Succeeded) return change.FaultOf(reply.Refusal!.Value);

        using var answer = buffers.Rent();
        await answer.Send(context.Response, change.Write(reply, answer.Json));
        return null;
    }

    private async ValueTask<Fault?> AnswerOnce(HttpContext context, ILeadChange change, IdempotencyKey key, Deadline deadline)
    {
        var record = records.Of(key);
        var begun = await records.Begin(record, key, deadline);
        switch (begun.Outcome)
        {
            case BeginOutcome.Run:
                return await RunOnce(context, change, key, begun.IsRepeat, record, deadline);
            case BeginOutcome.AnswerLost:
                return await AnswerAgain(context, change, begun.Answer!, key, record, deadline);
            default:
                return await IdempotencyRecords.AnswerWithoutRunning(context.Response, begun);
        }
    }

    private async ValueTask<Fault?> RunOnce(
        HttpContext context, ILeadChange change, IdempotencyKey key, bool isRepeat, IIdempotencyGrain record, Deadline deadline)
    {
        var stamp = new RequestStamp
        {
            Id = key.RequestId,
            ReceivedAt = clock.GetUtcNow(),
            IsRepeat = isRepeat,
            Idempotency = key.Claim,
        };
        LeadReply reply;
        try
        {
            reply = await change.Run(stamp, deadline);
        }
        catch
        {
            await records.Abandon(record, deadline);
            throw;
        }

        if (reply.Succeeded) return await KeepAndSend(context, change, reply, key, record, deadline);
        await records.Abandon(record, deadline);
        return change.FaultOf(reply.Refusal!.Value);
    }

    private async ValueTask<Fault?> AnswerAgain(
        HttpContext context, ILeadChange change, StoredAnswer lost, IdempotencyKey key, IIdempotencyGrain record, Deadline deadline)
    {
        var reply = await leads.Get(change.CampaignId, lost.LeadId, deadline);
        if (!reply.Succeeded)
        {
            await records.Abandon(record, deadline);
            return change.FaultOf(reply.Refusal!.Value);
        }

        context.Response.Headers[IdempotencyRecords.ReplayedHeader] = "true";
        return await KeepAndSend(context, change, reply, key, record, deadline);
    }

    private async ValueTask<Fault?> KeepAndSend(
        HttpContext context, ILeadChange change, LeadReply reply, IdempotencyKey key, IIdempotencyGrain record, Deadline deadline)
    {
        using var answer = buffers.Rent();
        var status = change.Write(reply, answer.Json);
        var kept = new StoredAnswer(key.Fingerprint, reply.Lead!.Id, status, ImmutableArray.Create(answer.Written.Span));
        if (!await records.Keep(record, kept, deadline))
        {
            context.Response.Headers.Remove(IdempotencyRecords.ReplayedHeader);
            return Faults.Unknown;
        }

        await answer.Send(context.Response, status);
        return null;
    }
}
