using System.Diagnostics;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Idempotency;

namespace LeadEngine.ApiHost.Idempotency;

/// <summary>What is kept under idempotency keys, asked for as hosts have to: an answer may be lost on its way.</summary>
internal sealed partial class IdempotencyRecords(IGrainFactory grains, EngineCalls calls, ILogger<IdempotencyRecords> log)
{
    public const string ReplayedHeader = "Idempotency-Replayed";

    private static readonly Fault StillRunning = new(
        StatusCodes.Status409Conflict, "idempotency_key_in_use", "A request with this Idempotency-Key is still running.")
    {
        RetryAfter = TimeSpan.FromSeconds(1),
    };

    private static readonly Fault KeyReused = new(
        StatusCodes.Status422UnprocessableEntity, "idempotency_key_reused", "This Idempotency-Key was used for another request.");

    private static readonly BeginReply Busy = new() { Outcome = BeginOutcome.Busy };

    public IIdempotencyGrain Of(IdempotencyKey key) => grains.GetGrain<IIdempotencyGrain>(key.GrainKey);

    // The grain frees a key whose request it never heard of again, so a Begin that was given up needs no undoing.
    public async Task<BeginReply> Begin(IIdempotencyGrain record, IdempotencyKey key, Deadline deadline)
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

    /// <summary>Serves a request that must not run: with the first answer, or with the reason why there is none.</summary>
    /// <returns>The fault to answer with; null when the answer was sent.</returns>
    public static async ValueTask<Fault?> AnswerWithoutRunning(HttpResponse response, BeginReply begun)
    {
        switch (begun.Outcome)
        {
            case BeginOutcome.Replay:
                response.Headers[ReplayedHeader] = "true";
                await AnswerBuffer.Send(response, begun.Answer!.Status!.Value, begun.Answer.Body.AsMemory());
                return null;
            case BeginOutcome.Running:
                return StillRunning;
            case BeginOutcome.Mismatch:
                return KeyReused;
            case BeginOutcome.Busy:
                return Faults.Busy;
            default:
                throw new UnreachableException("A request that must not run has one of these outcomes.");
        }
    }

    /// <returns>False when the answer must not be sent: a repeat could get another.</returns>
    public async Task<bool> Keep(IIdempotencyGrain record, StoredAnswer answer, Deadline deadline)
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

    public async Task Abandon(IIdempotencyGrain record, Deadline deadline)
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
