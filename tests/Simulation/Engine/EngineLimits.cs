using LeadEngine.Grains;
using LeadEngine.Storage;
using Orleans.Configuration;

namespace LeadEngine.Simulation.Engine;

/// <summary>The engine's settings in one simulation: mostly the defaults, sometimes so tight that they are felt.</summary>
internal sealed record EngineLimits
{
    public required StoreOptions Store { get; init; }

    public required EngineOptions Engine { get; init; }

    /// <summary>How long a grain is idle before it leaves; null for what the host sets.</summary>
    public TimeSpan? CollectionAge { get; init; }

    /// <summary>After which nobody is there that nobody called.</summary>
    public TimeSpan LongestIdle => (CollectionAge ?? LongestAge) * 2;

    // Campaigns stay longer in a host. Here it would only be long until they leave: no history takes so long.
    private static readonly TimeSpan LongestAge = TimeSpan.FromSeconds(30);

    /// <summary>Until when a host waits for the engine.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>Nobody is refused for want of room or time.</summary>
    public bool AreWide => Store.QueueLength > 1_000 && Store.Patience > TimeSpan.FromSeconds(1)
        && Engine.MaxWaiting >= 1_000 && Engine.MaxWaitingAtCampaign >= 1_000;

    public static EngineLimits Draw(Chance chance) => new()
    {
        Store = new StoreOptions
        {
            BatchSize = chance.Happens(0.2) ? chance.Between(1, 4) : 2_000,
            QueueLength = chance.Happens(0.1) ? chance.Between(3, 8) : 50_000,
            Patience = chance.Happens(0.5) ? TimeSpan.FromSeconds(6) : TimeSpan.FromMilliseconds(chance.Between(100, 1_000)),
        },
        Engine = new EngineOptions
        {
            MaxWaiting = chance.Happens(0.1) ? chance.Between(1, 4) : 1_000,
            MaxWaitingAtCampaign = chance.Happens(0.1) ? chance.Between(1, 4) : 20_000,
            UnitSize = chance.Happens(0.2) ? chance.Between(1, 4) : 1_000,
        },
        CollectionAge = chance.Happens(0.3) ? TimeSpan.FromMilliseconds(chance.Between(40, 2_000)) : null,
    };

    public void Set(EngineOptions options)
    {
        options.MaxWaiting = Engine.MaxWaiting;
        options.MaxWaitingAtCampaign = Engine.MaxWaitingAtCampaign;
        options.UnitSize = Engine.UnitSize;
        options.IdempotencyLease = Engine.IdempotencyLease;
    }

    public void Set(GrainCollectionOptions options)
    {
        if (CollectionAge is { } shorter) options.CollectionQuantum = shorter / 2;
        var most = options.CollectionAge = CollectionAge ?? LongestAge;
        var ages = options.ClassSpecificCollectionAge;
        foreach (var grain in ages.Keys.ToList()) ages[grain] = CollectionAge ?? (ages[grain] < most ? ages[grain] : most);
    }
}
