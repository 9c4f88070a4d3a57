using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A grain class in one runtime: what holds for all its activations, and which are alive.</summary>
internal sealed class GrainClass
{
    private readonly ConcurrentDictionary<string, Activation> _activations = new();

    // Those that came to rest, by when they were last found in use: so none is looked at more than once in a collection age. (A concurrent
    // queue that is peeked into would keep those who left.)
    private readonly Queue<(Activation Activation, long Since)> _watched = new();
    private readonly Lock _watch = new();
    private readonly Type _type;
    private readonly GrainType _grainType;
    private readonly ObjectFactory _create;
    private readonly StateFacet[] _states;
    private int _created;

    internal GrainClass(GrainRuntime runtime, Type type, GrainCollectionOptions options)
    {
        (Runtime, _type) = (runtime, type);
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute));
        _grainType = NameOf(type);
        CollectionAge = AgeLimitOf(type, options);
        var constructor = type.GetConstructors().MaxBy(c => c.GetParameters().Length)
            ?? throw new ArgumentException($"{type} has no public constructor.");
        _states = [.. constructor.GetParameters().Select(StateFacet.Of).OfType<StateFacet>()];
        _create = ActivatorUtilities.CreateFactory(type, [.. _states.Select(state => state.ParameterType)]);
    }

    internal GrainRuntime Runtime { get; }

    internal bool IsReentrant { get; }

    /// <summary>Null for ever.</summary>
    internal TimeSpan? CollectionAge { get; }

    /// <summary>As Orleans' metrics name it.</summary>
    internal string TelemetryName => $"{_type.FullName},{_type.Assembly.GetName().Name}";

    internal int Count => _activations.Count;

    /// <summary>How many are kept in memory to be looked at, those included that left of themselves.</summary>
    internal int WatchedCount
    {
        get
        {
            lock (_watch) return _watched.Count;
        }
    }

    internal IEnumerable<Activation> Activations => _activations.Select(pair => pair.Value);

    internal GrainId IdOf(string key) => new(_grainType, IdSpan.Create(key));

    internal GrainReference Refer(Type interfaceType, string key) => GrainProxies.FactoryOf(interfaceType)(this, key);

    internal Activation Find(string key) => _activations.TryGetValue(key, out var activation) ? activation : _activations.GetOrAdd(
        key, static (key, self) => new(self, key, Interlocked.Increment(ref self._created)), this);

    internal Activation? Peek(string key) => _activations.GetValueOrDefault(key);

    /// <summary>A successor under the same key stays.</summary>
    internal void Forget(Activation activation) => _activations.TryRemove(new(activation.Key, activation));

    /// <summary>It has been used just now, so it is not looked at before a collection age is over.</summary>
    internal void Watch(Activation activation)
    {
        if (CollectionAge is null) return;
        lock (_watch) _watched.Enqueue((activation, Runtime.Clock.GetTimestamp()));
    }

    /// <summary>Those that nobody called for a collection age, or for two if they were called since they were last looked at.</summary>
    internal IEnumerable<Activation> TakeStale()
    {
        while (NextDueForALook() is { } activation)
        {
            if (Peek(activation.Key) != activation) continue;
            if (activation.IsStale) yield return activation;
            else Watch(activation);
        }
    }

    private Activation? NextDueForALook()
    {
        lock (_watch)
        {
            if (_watched.TryPeek(out var first) && IsDueForALook(first.Since)) return _watched.Dequeue().Activation;
            if (_watched.Count == 0) _watched.TrimExcess();
            return null;
        }
    }

    // A quarter later than its age, so that one that was called just once, as it woke, is found stale at the first look.
    private bool IsDueForALook(long since) => CollectionAge is { } age && Runtime.Clock.GetElapsedTime(since) >= age * 1.25;

    internal bool IsStale(long lastUsed) => CollectionAge is { } age && Runtime.Clock.GetElapsedTime(lastUsed) >= age;

    internal Grain Create(Activation activation, out IStorage[] states)
    {
        if (_states is [])
        {
            states = [];
            return (Grain)_create(activation.ActivationServices, []);
        }

        states = [.. _states.Select(state => state.Create(activation))];
        return (Grain)_create(activation.ActivationServices, states);
    }

    public override string ToString() => _type.ToString();

    private static GrainType NameOf(Type type)
    {
        if (type.GetCustomAttribute<GrainTypeAttribute>() is { } named) return named.Name;
        var name = type.Name.ToLowerInvariant();
        return GrainType.Create(name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name);
    }

    private static TimeSpan? AgeLimitOf(Type type, GrainCollectionOptions options) =>
        type.GetCustomAttribute<CollectionAgeLimitAttribute>() switch
        {
            { AlwaysActive: true } => null,
            { } attribute => attribute.AgeLimit,
            null => options.ClassSpecificCollectionAge.TryGetValue(type.FullName!, out var age) ? age : options.CollectionAge,
        };
}
