namespace LeadEngine.Simulation.Store;

/// <summary>What becomes of a call to the database.</summary>
internal enum CallFate
{
    /// <summary>It is done, and answered.</summary>
    Served,

    /// <summary>It is refused before it took effect.</summary>
    Busy,

    /// <summary>It took effect, and the answer was lost.</summary>
    LandedUnheard,

    /// <summary>The connection was lost before it took effect.</summary>
    Lost,

    /// <summary>The connection was lost, and it takes effect later all the same.</summary>
    LandsLater,

    /// <summary>The database cannot do it, as when two parts of a batch collide; it changed nothing.</summary>
    Faulty,
}

/// <summary>How well the database and the way to it are doing.</summary>
internal sealed record Weather
{
    public static readonly Weather Fair = new();

    public TimeSpan Latency { get; init; } = TimeSpan.FromMilliseconds(5);

    public double Slow { get; init; }

    public double Busy { get; init; }

    public double LandedUnheard { get; init; }

    public double Lost { get; init; }

    public double LandsLater { get; init; }

    public double Faulty { get; init; }

    /// <summary>The longest by which a commit outlives its connection.</summary>
    public TimeSpan Latest { get; init; } = TimeSpan.FromSeconds(4);

    /// <summary>Nobody reaches the database.</summary>
    public bool IsAway { get; init; }
}
