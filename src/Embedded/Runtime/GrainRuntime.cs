using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>The actors of one host.</summary>
internal sealed class GrainRuntime(
    IServiceProvider services,
    ITurnScheduler turns,
    TimeProvider clock,
    IOptions<GrainCollectionOptions> collection,
    ILogger<GrainRuntime> log,
    CallTraces? traces = null) : IClusterClient
{
    private readonly ConcurrentDictionary<Type, GrainClass> _classesByInterface = new();
    private readonly ConcurrentDictionary<Type, GrainClass> _classes = new();

    public IServiceProvider ServiceProvider => services;

    internal ITurnScheduler Turns => turns;

    internal TimeProvider Clock => clock;

    internal ILogger Log => log;

    /// <summary>Null where calls are not traced.</summary>
    internal CallTraces? Traces => traces;

    internal bool IsStopped { get; private set; }

    internal IEnumerable<GrainClass> Classes => _classes.Values;

    internal IEnumerable<Activation> Activations => _classes.Values.SelectMany(grainClass => grainClass.Activations);

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(primaryKey);
        return Refer<TGrainInterface>(primaryKey, grainClassNamePrefix);
    }

    public TGrainInterface GetGrain<TGrainInterface>(long primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithIntegerKey => Refer<TGrainInterface>(GrainId.KeyOf(primaryKey), grainClassNamePrefix);

    /// <summary>The live activation that a call to this reference would reach now.</summary>
    internal static Activation? Find(IAddressable grain) => ((GrainReference)grain).Class.Peek(((GrainReference)grain).Key);

    /// <summary>
    /// For simulations: the directory forgets the activation, which lives on as a zombie beside its successor, with what it has to do.
    /// </summary>
    internal static void Orphan(Activation activation) => activation.Class.Forget(activation);

    /// <summary>Sends away those that nobody called for their class's collection age, oldest first.</summary>
    internal void CollectIdle()
    {
        var reason = new DeactivationReason(DeactivationReasonCode.ActivationIdle, "Nobody called.");
        var classes = _classes.Values.OrderBy(grainClass => grainClass.ToString(), StringComparer.Ordinal);
        foreach (var activation in classes.SelectMany(grainClass => grainClass.TakeStale())) activation.PostIdle(new Leave(reason));
    }

    /// <summary>Sends all away, and those that they wake while they end.</summary>
    internal async Task StopAsync(CancellationToken cancellationToken)
    {
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The host stops.");
        while (Sorted(Activations) is { Length: > 0 } alive)
            await Task.WhenAll(alive.Select(activation => SendAway(activation, reason, cancellationToken))).WaitAsync(cancellationToken);
        IsStopped = true;
    }

    private static Task SendAway(Activation activation, DeactivationReason reason, CancellationToken token)
    {
        var leave = new Leave(reason, token);
        activation.Post(leave);
        return leave.Left;
    }

    // A dictionary's order depends on hash codes, which differ from process to process: no simulation could be replayed.
    private static Activation[] Sorted(IEnumerable<Activation> activations) =>
        [.. activations.OrderBy(activation => activation.Number).ThenBy(activation => activation.Key, StringComparer.Ordinal)];

    private TGrainInterface Refer<TGrainInterface>(string key, string? prefix)
    {
        var grainClass = prefix is null
            ? _classesByInterface.GetOrAdd(typeof(TGrainInterface), static (type, self) => self.ClassOf(type, ""), this)
            : ClassOf(typeof(TGrainInterface), prefix);
        return (TGrainInterface)(object)grainClass.Refer(typeof(TGrainInterface), key);
    }

    private GrainClass ClassOf(Type interfaceType, string prefix) => _classes.GetOrAdd(
        GrainCatalog.Find(interfaceType, prefix), static (type, self) => new(self, type, self.Options), this);

    private GrainCollectionOptions Options => collection.Value;
}
