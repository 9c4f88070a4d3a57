using System.Collections.Immutable;
using System.Threading.Channels;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Webhooks;
using Microsoft.Extensions.Options;

namespace LeadEngine.ApiHost.Webhooks;

/// <summary>
/// Delivers what is due, on every host. One loop takes, has tries made beside each other and notes what came of them; no subscription gets
/// more than its share of the tries, so a receiver that does not answer holds up nobody but itself; and while all that one gets fails it
/// rests most of the time.
/// </summary>
internal sealed partial class DeliveryService(
    IGrainFactory grains,
    Deliverer deliverer,
    IOptions<WebhookOptions> options,
    TimeProvider clock,
    Random random,
    ILogger<DeliveryService> logger) : BackgroundService
{
    // The loop goes on on its own scheduler, whoever tells it.
    private readonly Channel<Done> _done =
        System.Threading.Channels.Channel.CreateUnbounded<Done>(new UnboundedChannelOptions { AllowSynchronousContinuations = true });

    private readonly Dictionary<long, int> _underWay = [];
    private readonly SubscriptionRests _rests = new(clock);
    private IDeliveryGrain _deliveries = null!;
    private Task _news = Task.CompletedTask;
    private int _count;

    private readonly record struct Done(Delivery Delivery, Tried? Tried);

    private int Share => Math.Max(1, options.Value.MaxParallelPerSubscription / 2);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Run(stoppingToken);

    /// <summary>Goes on until it is told to stop, on the scheduler on which it is called.</summary>
    internal async Task Run(CancellationToken stoppingToken)
    {
        // Each host asks a grain of its own, which is near it.
        _deliveries = grains.GetGrain<IDeliveryGrain>(random.NextInt64());
        try
        {
            while (!stoppingToken.IsCancellationRequested) await Round(stoppingToken);
        }
        finally
        {
            // Tries that are broken off come to nothing, and come again when their lease is over.
            while (_count > 0 && await _done.Reader.WaitToReadAsync(CancellationToken.None)) await SettleDone();
        }
    }

    private async Task Round(CancellationToken stoppingToken)
    {
        var taken = await Take();
        foreach (var delivery in taken) Start(delivery, stoppingToken);
        if (taken.IsEmpty) await Pause(stoppingToken);
        await SettleDone();
    }

    private async Task<ImmutableArray<Delivery>> Take()
    {
        var room = options.Value.MaxParallel - _count;
        if (room <= 0) return [];
        // Who has half of its share under way may get the other half.
        var full = _underWay.Where(pair => pair.Value > options.Value.MaxParallelPerSubscription - Share).Select(pair => pair.Key);
        ImmutableArray<long> busy = [.. full.Union(_rests.Closed(_underWay.ContainsKey))];
        return await Ask(() => _deliveries.Take(new(room, Share, busy, TakeDeliveries.MaxLease)), []);
    }

    private void Start(Delivery delivery, CancellationToken stoppingToken)
    {
        _count++;
        _underWay[delivery.Subscription.Id] = _underWay.GetValueOrDefault(delivery.Subscription.Id) + 1;
        _ = Task.Factory.StartNew(
            () => Try(delivery, stoppingToken), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current);
    }

    private async Task Try(Delivery delivery, CancellationToken stoppingToken) =>
        _done.Writer.TryWrite(new(delivery, await deliverer.Try(delivery, stoppingToken)));

    // Until a try is over, or it is time to look again.
    private async Task Pause(CancellationToken stoppingToken)
    {
        if (_news.IsCompleted) _news = _done.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
        await _news.WaitAsync(options.Value.IdlePause, clock, stoppingToken)
            .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task SettleDone()
    {
        var attempts = ImmutableArray.CreateBuilder<Attempt>();
        Dictionary<long, string> refused = [];
        while (_done.Reader.TryRead(out var done))
        {
            var subscriptionId = done.Delivery.Subscription.Id;
            End(subscriptionId);
            if (done.Tried is not var (attempt, outcome)) continue;
            attempts.Add(attempt);
            _rests.Note(subscriptionId, outcome);
            if (attempt.Fate is Fate.Refused) refused[subscriptionId] = attempt.Problem ?? "Refused.";
        }
        if (attempts.Count == 0) return;
        await Ask(() => Settle(attempts.DrainToImmutable(), refused), false);
    }

    private async Task<bool> Settle(ImmutableArray<Attempt> attempts, Dictionary<long, string> refused)
    {
        await _deliveries.Settle(attempts);
        foreach (var (subscription, reason) in refused)
        {
            await _deliveries.Disable(subscription, reason);
            LogDisabled(logger, subscription, reason);
        }
        return true;
    }

    private void End(long subscriptionId)
    {
        _count--;
        if (--_underWay[subscriptionId] == 0) _underWay.Remove(subscriptionId);
    }

    // What is not noted comes again when its lease is over.
    private async Task<T> Ask<T>(Func<Task<T>> call, T otherwise)
    {
        try
        {
            return await call();
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            LogPutOff(logger, silence.GetType().Name);
        }
        catch (Exception fault)
        {
            LogFault(logger, fault);
        }
        return otherwise;
    }

    [LoggerMessage(LogLevel.Information, "Deliveries wait until the engine answers again: {Silence}")]
    private static partial void LogPutOff(ILogger logger, string silence);

    [LoggerMessage(LogLevel.Error, "Deliveries are held up.")]
    private static partial void LogFault(ILogger logger, Exception fault);

    [LoggerMessage(LogLevel.Warning, "Subscription {SubscriptionId} is disabled: {Reason}")]
    private static partial void LogDisabled(ILogger logger, long subscriptionId, string reason);
}
