namespace LeadEngine.Simulation.Engine;

/// <summary>Who is told of what happens, how well receivers do, and how the processes deliver.</summary>
internal sealed record WebhookPlan
{
    // The histories of others are drawn without it.
    private const int OwnSeeds = 1_000_000_000;

    /// <summary>How many subscriptions there are before anything happens.</summary>
    public required int Subscriptions { get; init; }

    /// <summary>Whether owners make, disable and remove subscriptions meanwhile.</summary>
    public required bool HasOwners { get; init; }

    public required TimeSpan IdlePause { get; init; }

    public required int MaxParallel { get; init; }

    public required int MaxParallelPerSubscription { get; init; }

    /// <summary>How long receivers may take.</summary>
    public required TimeSpan Timeout { get; init; }

    /// <summary>So often a receiver fails with one event, and then it takes it: pauses become long quickly.</summary>
    public required int MostFailures { get; init; }

    /// <summary>A status that is no success.</summary>
    public double Failing { get; init; }

    /// <summary>It took the event, and the connection breaks before it says so.</summary>
    public double Cut { get; init; }

    /// <summary>It took the event, and says nothing.</summary>
    public double Silent { get; init; }

    /// <summary>It takes as long as it may, or longer.</summary>
    public double Slow { get; init; }

    /// <summary>Nobody reaches it for a while.</summary>
    public double Away { get; init; }

    /// <summary>It wants nothing any more, and says so.</summary>
    public double Gone { get; init; }

    /// <summary>Receivers take everything at once.</summary>
    public bool IsSound => (Failing, Cut, Silent, Slow, Away, Gone) == default;

    /// <returns>Null when nobody is told anything.</returns>
    public static WebhookPlan? Draw(int seed)
    {
        var chance = new Chance(new Random(OwnSeeds + seed));
        if (!chance.Happens(0.3)) return null;
        var failsTwice = chance.Happens(0.3);
        return new WebhookPlan
        {
            Subscriptions = chance.Between(1, 3),
            HasOwners = chance.Happens(0.4),
            IdlePause = TimeSpan.FromSeconds(failsTwice ? 10 : chance.Of([0.5, 2, 2, 5])),
            MaxParallel = chance.Happens(0.3) ? chance.Between(1, 4) : 256,
            MaxParallelPerSubscription = chance.Happens(0.3) ? chance.Between(1, 4) : 32,
            Timeout = TimeSpan.FromMilliseconds(chance.Between(1_000, 3_000)),
            MostFailures = failsTwice ? 2 : 1,
            Failing = Rate(chance, 0.4),
            Cut = Rate(chance, 0.3),
            Silent = Rate(chance, 0.2),
            Slow = Rate(chance, 0.3),
            Away = Rate(chance, 0.1),
            Gone = chance.Happens(0.2) ? 0.05 : 0,
        };
    }

    private static double Rate(Chance chance, double most) => chance.Happens(0.5) ? 0 : most * chance.Random.NextDouble();
}
