using System.Collections.Immutable;
using System.Diagnostics;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Idempotency;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Idempotency;

/// <summary>Runs changes of leads and answers them: once, however often a request under one idempotency key is sent.</summary>
internal sealed partial class LeadChanges(
    IGrainFactory grains, EngineCalls calls, LeadCalls leads, AnswerBuffers buffers, TimeProvider clock, ILogger<LeadChanges> log)
{
    private const string ReplayedHeader = "Idempotency-Replayed";

    private static readonly Fault StillRunning = new(
        StatusCodes.Status409Conflict, "idempotency_key_in_use", "A request with this Idempotency-Key is still running.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    private static readonly BeginReply Busy = new() { Outcome = BeginOutcome.Busy };

    private static readonly Fault KeyReused = new(
        StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused", "This Idempotency-Key was used for another request.");

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
        var record = grains.GetGrain<IIdempotencyGrain>(key.GrainKey);
        var begun = await Begin(record, key, deadline);
        switch (begun.Outcome)
        {
            case BeginOutcome.Run:
                return await RunOnce(context, change, key, begun.IsRepeat, record, deadline);
            case BeginOutcome.AnswerLost:
                return await AnswerAgain(context, change, begun.Answer!, key, record, deadline);
            case BeginOutcome.Replay:
                context.Response.Headers[ReplayedHeader] = "true";
                await AnswerBuffer.Send(context.Response, begun.Answer!.Status!.Value, begun.Answer.Body.AsMemory());
                return null;
            case BeginOutcome.Running:
                return StillRunning;
            case BeginOutcome.Mismatch:
                return KeyReused;
            case BeginOutcome.Busy:
                return Faults.Busy;
            default:
                throw new UnreachableException("A begun request has one of these outcomes.");
        }
    }

    // The grain frees a key whose request it never heard of again, so a Begin that was given up needs no undoing.
    private async Task<BeginReply> Begin(IIdempotencyGrain record, IdempotencyKey key, Deadline deadline)
    {
        var again = false;
        try
        {
            var begun = await calls.UntilHeard(
                isRepeat =>
                {
                    again = isRepeat;
                    return record.Begin(key.Fingerprint);
                },
                deadline);
            // What runs may be the try of ours that was not heard.
            return again && begun.Outcome is BeginOutcome.Running ? Busy : begun;
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return Busy;
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
            Idempotency = new IdempotencyClaim(key.GrainKey, key.Fingerprint),
        };
        LeadReply reply;
        try
        {
            reply = await change.Run(stamp, deadline);
        }
        catch
        {
            await Abandon(record, deadline);
            throw;
        }

        if (reply.Succeeded) return await KeepAndSend(context, change, reply, key, record, deadline);
        await Abandon(record, deadline);
        return change.FaultOf(reply.Refusal!.Value);
    }

    private async ValueTask<Fault?> AnswerAgain(
        HttpContext context, ILeadChange change, StoredAnswer lost, IdempotencyKey key, IIdempotencyGrain record, Deadline deadline)
    {
        var reply = await leads.Get(change.CampaignId, lost.LeadId, deadline);
        if (!reply.Succeeded)
        {
            await Abandon(record, deadline);
            return change.FaultOf(reply.Refusal!.Value);
        }

        context.Response.Headers[ReplayedHeader] = "true";
        return await KeepAndSend(context, change, reply, key, record, deadline);
    }

    private async ValueTask<Fault?> KeepAndSend(
        HttpContext context, ILeadChange change, LeadReply reply, IdempotencyKey key, IIdempotencyGrain record, Deadline deadline)
    {
        using var answer = buffers.Rent();
        var status = change.Write(reply, answer.Json);
        var kept = new StoredAnswer(key.Fingerprint, reply.Lead!.Id, status, ImmutableArray.Create(answer.Written.Span));
        if (!await Keep(record, kept, deadline))
        {
            context.Response.Headers.Remove(ReplayedHeader);
            return Faults.Unknown;
        }

        await answer.Send(context.Response, status);
        return null;
    }

    private async Task<bool> Keep(IIdempotencyGrain record, StoredAnswer answer, Deadline deadline)
    {
        try
        {
            return await calls.UntilHeard(_ => record.Complete(answer), deadline);
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            LogAnswerNotKept(silence.GetType().Name);
            return false;
        }
    }

    private async Task Abandon(IIdempotencyGrain record, Deadline deadline)
    {
        try
        {
            await deadline.Bound(AsTask(record.Abandon()));
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            LogNotAbandoned(silence.GetType().Name);
        }

        static async Task<bool> AsTask(Task call)
        {
            await call;
            return true;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The answer to a request under an idempotency key was not kept: {Silence}")]
    private partial void LogAnswerNotKept(string silence);

    [LoggerMessage(LogLevel.Warning, "A request under an idempotency key ended unheard; its key stays taken for a while: {Silence}")]
    private partial void LogNotAbandoned(string silence);
}
