using LeadEngine.Simulation.Engine;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation;

/// <summary>What kind of history a seed tells: how many take part, and what goes wrong.</summary>
internal sealed record Setup
{
    public required int Campaigns { get; init; }

    public required int Clients { get; init; }

    public required int RequestsPerClient { get; init; }

    public required TimeSpan Pause { get; init; }

    /// <summary>Whether owners end, lock and open their campaigns meanwhile.</summary>
    public required bool HasOwners { get; init; }

    public required EngineLimits Limits { get; init; }

    public required Weather Weather { get; init; }

    public required HavocPlan Havoc { get; init; }

    /// <summary>How often the first try of a request is held up on its way, for so long that many others overtake it.</summary>
    public required double HoldUp { get; init; }

    /// <summary>Nothing goes wrong, and no limit is felt.</summary>
    public bool IsCalm => Havoc.Every is null && HoldUp == 0 && Weather == new Weather { Latency = Weather.Latency } && Limits.AreWide;

    public static Setup Draw(Chance chance)
    {
        var hasStoreFaults = chance.Happens(0.6);
        var hasHavoc = chance.Happens(0.65);
        var isHeldUp = chance.Happens(0.1);
        return new Setup
        {
            Campaigns = chance.Of([(0.6, 1), (0.25, 2), (0.15, 3)]),
            // To be overtaken takes a crowd.
            Clients = isHeldUp ? 12 : chance.Between(2, 12),
            RequestsPerClient = isHeldUp ? 8 : chance.Between(2, 8),
            Pause = TimeSpan.FromMilliseconds(chance.Of([1, 1, 10, 50, 200])),
            HasOwners = chance.Happens(0.6),
            Limits = EngineLimits.Draw(chance),
            Weather = hasStoreFaults ? DrawWeather(chance) : new Weather { Latency = DrawLatency(chance) },
            HoldUp = isHeldUp ? 0.1 : 0,
            Havoc = hasHavoc ? DrawHavoc(chance) : new HavocPlan(),
        };
    }

    private static TimeSpan DrawLatency(Chance chance) => TimeSpan.FromMilliseconds(chance.Of([1, 5, 5, 30]));

    private static Weather DrawWeather(Chance chance) => new()
    {
        Latency = DrawLatency(chance),
        Slow = chance.Happens(0.5) ? 0.05 : 0,
        Busy = Rate(chance, 0.1),
        LandedUnheard = Rate(chance, 0.1),
        Lost = Rate(chance, 0.08),
        LandsLater = Rate(chance, 0.08),
        Faulty = Rate(chance, 0.3),
        Latest = TimeSpan.FromMilliseconds(chance.Of([50, 500, 4_000])),
    };

    private static HavocPlan DrawHavoc(Chance chance) => new()
    {
        Every = TimeSpan.FromMilliseconds(chance.Of([10, 40, 150, 500])),
        LoseActivation = Rate(chance, 1),
        Zombie = Rate(chance, 1),
        Kill = Rate(chance, 0.2),
        Restart = Rate(chance, 0.1),
        Second = Rate(chance, 0.2),
        Freeze = Rate(chance, 0.1),
        StoreAway = Rate(chance, 0.1),
    };

    private static double Rate(Chance chance, double most) => chance.Happens(0.5) ? 0 : most * chance.Random.NextDouble();
}
