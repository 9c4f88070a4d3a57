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
    public async Task<Tried?> Try(Delivery delivery, CancellationToken cancel)
    {
        var (at, start) = (_clock.GetUtcNow(), _clock.GetTimestamp());
        try
        {
            return Judge(await Outcome(delivery, cancel));
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return null;
        }
        catch (Exception fault)
        {
            LogFault(_logger, fault, delivery.Id);
            return Judge(DeliveryOutcome.Failed($"A fault of the engine: {fault.GetType().Name}"));
        }

        Tried Judge(DeliveryOutcome outcome) =>
            new(RetryRules.Judge(delivery, outcome, at, _clock.GetElapsedTime(start), _random.NextDouble()), outcome);
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

/// <summary>A try that was made.</summary>
/// <param name="Attempt">What it means for the delivery.</param>
/// <param name="Outcome">What came of it.</param>
internal sealed record Tried(Attempt Attempt, DeliveryOutcome Outcome);
