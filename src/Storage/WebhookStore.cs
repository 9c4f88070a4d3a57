using System.Collections.Immutable;
using LeadEngine.Storage.Gathering;
using LeadEngine.Storage.Telemetry;
using LeadEngine.Webhooks;
using Microsoft.Extensions.Options;

namespace LeadEngine.Storage;

/// <summary>Tries again what is safe to try again.</summary>
internal sealed class WebhookStore(
    IStoreDriver driver, IOptions<StoreOptions> options, TimeProvider clock, StoreMetrics metrics, Random? random = null) : IWebhookStore
{
    private const int ForgetBatch = 1_000;
    private const int DropBatch = 1_000;

    private readonly PatientCaller _caller =
        new(options.Value.Patience, clock, random ?? Random.Shared, metrics.RetriesOf(StoreOperations.Call));

    private IWebhookDriver Webhooks => driver.Webhooks;

    // A second try of what did take effect would make another subscription.
    public Task<Subscription?> Add(Subscription subscription) => _caller.RepeatWhileBusy(cancel => Webhooks.Add(subscription, cancel));

    public Task<Subscription?> Change(Subscription subscription) => _caller.Repeat(cancel => Webhooks.Change(subscription, cancel));

    public Task<bool> Remove(long accountId, long subscriptionId) =>
        _caller.RepeatWhileBusy(cancel => Webhooks.Remove(accountId, subscriptionId, cancel));

    public Task<ImmutableArray<Subscription>> List(long accountId) => _caller.Repeat(cancel => Webhooks.List(accountId, cancel));

    // What was taken by a try of which nobody knows comes again when its lease is over.
    public Task<ImmutableArray<Delivery>> TakeDue(TakeDeliveries wish) =>
        _caller.RepeatWhileBusy(cancel => Webhooks.TakeDue(wish, clock.GetUtcNow(), cancel));

    public async Task Settle(ImmutableArray<Attempt> attempts)
    {
        await _caller.RepeatWhileBusy(async cancel =>
        {
            await Webhooks.Settle(attempts, clock.GetUtcNow(), cancel);
            return true;
        });
    }

    public Task Disable(long subscriptionId, string reason) => _caller.Repeat(cancel => Webhooks.Disable(subscriptionId, reason, cancel));

    public Task<ImmutableArray<LoggedAttempt>> ListLog(long accountId, long leadId, int limit) =>
        _caller.Repeat(cancel => Webhooks.ListLog(accountId, leadId, limit, cancel));

    public Task<ImmutableArray<DeadLetter>> ListDead(long accountId, long subscriptionId, long afterDeliveryId, int limit) =>
        _caller.Repeat(cancel => Webhooks.ListDead(accountId, subscriptionId, afterDeliveryId, limit, cancel));

    public Task<int> Replay(long accountId, long subscriptionId, ImmutableArray<long> deliveryIds) =>
        _caller.RepeatWhileBusy(cancel => Webhooks.Replay(accountId, subscriptionId, deliveryIds, clock.GetUtcNow(), cancel));

    public Task<int> RemoveDropped() => _caller.Repeat(cancel => Webhooks.RemoveDropped(DropBatch, cancel));

    public Task<int> ForgetOldAttempts() =>
        _caller.Repeat(cancel => Webhooks.ForgetAttempts(clock.GetUtcNow() - options.Value.DeliveryLogAge, ForgetBatch, cancel));

    public Task<int> ForgetOldDead() =>
        _caller.Repeat(cancel => Webhooks.ForgetDead(clock.GetUtcNow() - options.Value.DeadLetterAge, ForgetBatch, cancel));
}
