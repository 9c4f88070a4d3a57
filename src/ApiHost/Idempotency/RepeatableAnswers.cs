using System.Collections.Immutable;
using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Idempotency;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Idempotency;

/// <summary>Runs a change that is about no single lead.</summary>
/// <param name="stamp">The request; a repeat wherever an earlier try is possible.</param>
/// <param name="json">Where the answer goes.</param>
/// <returns>The fault to answer with instead; null when it succeeded.</returns>
internal delegate ValueTask<Fault?> RepeatableChange(RequestStamp stamp, Utf8JsonWriter json);

/// <summary>
/// Answers changes that are safe to repeat by themselves: under an idempotency key, whoever sends them again gets the first answer. Where
/// that was lost they run again, under the same request id.
/// </summary>
internal sealed class RepeatableAnswers(IdempotencyRecords records, AnswerBuffers buffers, Deadlines deadlines, TimeProvider clock)
{
    /// <returns>The fault to answer with; null when the answer was sent.</returns>
    public async ValueTask<Fault?> Answer(HttpContext context, int status, IdempotencyKey? key, RepeatableChange change)
    {
        if (key is not null) return await AnswerOnce(context, status, key, change);

        var now = clock.GetUtcNow();
        using var answer = buffers.Rent();
        var fault = await change(new RequestStamp { Id = Guid.CreateVersion7(now), ReceivedAt = now }, answer.Json);
        if (fault is null) await answer.Send(context.Response, status);
        return fault;
    }

    private async ValueTask<Fault?> AnswerOnce(HttpContext context, int status, IdempotencyKey key, RepeatableChange change)
    {
        var record = records.Of(key);
        var begun = await records.Begin(record, key, deadlines.Start());
        return begun.Outcome is BeginOutcome.Run or BeginOutcome.AnswerLost
            ? await Run(context, status, key, record, change)
            : await IdempotencyRecords.AnswerWithoutRunning(context.Response, begun);
    }

    // Nobody knows of a try that was lost with its host, so each counts as a repeat.
    private async ValueTask<Fault?> Run(
        HttpContext context, int status, IdempotencyKey key, IIdempotencyGrain record, RepeatableChange change)
    {
        var stamp = new RequestStamp { Id = key.RequestId, ReceivedAt = clock.GetUtcNow(), IsRepeat = true };
        using var answer = buffers.Rent();
        Fault? fault;
        try
        {
            fault = await change(stamp, answer.Json);
        }
        catch
        {
            await records.Abandon(record, deadlines.Start());
            throw;
        }

        if (fault is not null)
        {
            await records.Abandon(record, deadlines.Start());
            return fault;
        }

        var kept = new StoredAnswer(key.Fingerprint, 0, status, ImmutableArray.Create(answer.Written.Span));
        if (!await records.Keep(record, kept, deadlines.Start())) return Faults.Unknown;
        await answer.Send(context.Response, status);
        return null;
    }
}
