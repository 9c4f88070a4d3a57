using LeadEngine.ApiHost.Leads;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Webhooks;

/// <summary>Makes one try, by the way of its subscription, and tells what it means.</summary>
internal sealed partial class Deliverer
{
    private readonly Dictionary<Channel, IDeliveryChannel> _channels;
    private readonly TimeProvider _clock;
    private readonly Random _random;
    private readonly ILogger<Deliverer> _logger;

    public Deliverer(IEnumerable<IDeliveryChannel> channels, TimeProvider clock, Random random, ILogger<Deliverer> logger)
    {
        (_clock, _random, _logger) = (clock, random, logger);
        _channels = channels.ToDictionary(channel => channel.Channel);
    }

    /// <returns>Null when nothing came of it: then it comes again when its lease is over.</returns>
    public async Task<Attempt?> Try(Delivery delivery, CancellationToken cancel)
    {
        var (at, start) = (_clock.GetUtcNow(), _clock.GetTimestamp());
        try
        {
            var outcome = await Outcome(delivery, cancel);
            return RetryRules.Judge(delivery, outcome, at, _clock.GetElapsedTime(start), _random.NextDouble());
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return null;
        }
        catch (Exception fault)
        {
            LogFault(_logger, fault, delivery.Id);
            var failed = DeliveryOutcome.Failed($"A fault of the engine: {fault.GetType().Name}");
            return RetryRules.Judge(delivery, failed, at, _clock.GetElapsedTime(start), _random.NextDouble());
        }
    }

    private Task<DeliveryOutcome> Outcome(Delivery delivery, CancellationToken cancel)
    {
        if (delivery.Subscription.DisabledFor is not null) return Task.FromResult(DeliveryOutcome.Pointless);
        return _channels.TryGetValue(delivery.Subscription.Channel, out var channel)
            ? channel.Deliver(delivery, cancel)
            : Task.FromResult(DeliveryOutcome.Failed("This host does not know such a channel."));
    }

    [LoggerMessage(LogLevel.Error, "Delivery {DeliveryId} failed by a fault of the engine.")]
    private static partial void LogFault(ILogger logger, Exception fault, long deliveryId);
}
