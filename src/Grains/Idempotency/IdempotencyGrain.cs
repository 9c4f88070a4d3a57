using LeadEngine.Idempotency;
using LeadEngine.Storage;
using Microsoft.Extensions.Options;
using Orleans.Placement;

namespace LeadEngine.Grains.Idempotency;

[PreferLocalPlacement, GrainType("idempotency")]
internal sealed class IdempotencyGrain(ILeadStore store, IOptions<EngineOptions> options, TimeProvider clock) : Grain, IIdempotencyGrain
{
    private Run? _running;
    private bool _hasRun;

    public async Task<BeginReply> Begin(string fingerprint)
    {
        if (_running is { } run && clock.GetUtcNow() < run.Until)
        {
            return Tell(run.Fingerprint == fingerprint ? BeginOutcome.Running : BeginOutcome.Mismatch);
        }

        StoredAnswer? known;
        try
        {
            known = await store.ReadAnswer(this.GetPrimaryKeyString());
        }
        catch (StoreBusyException)
        {
            return Tell(BeginOutcome.Busy);
        }

        if (known is not null && known.Fingerprint != fingerprint) return Tell(BeginOutcome.Mismatch);
        if (known is { Status: not null }) return Tell(BeginOutcome.Replay, known);

        _running = new Run(fingerprint, clock.GetUtcNow() + options.Value.IdempotencyLease);
        if (known is not null) return Tell(BeginOutcome.AnswerLost, known);

        var reply = Tell(BeginOutcome.Run) with { IsRepeat = _hasRun };
        _hasRun = true;
        return reply;
    }

    public async Task<bool> Complete(StoredAnswer answer)
    {
        _running = null;
        try
        {
            await store.SaveAnswer(this.GetPrimaryKeyString(), answer);
            return await store.ReadAnswer(this.GetPrimaryKeyString()) is not { } kept || kept.Body.AsSpan().SequenceEqual(answer.Body.AsSpan());
        }
        catch (Exception lost) when (lost is StoreBusyException or StoreOutcomeUnknownException)
        {
            return false;
        }
    }

    public Task Abandon()
    {
        _running = null;
        return Task.CompletedTask;
    }

    private static BeginReply Tell(BeginOutcome outcome, StoredAnswer? answer = null) => new() { Outcome = outcome, Answer = answer };

    private readonly record struct Run(string Fingerprint, DateTimeOffset Until);
}
