namespace LeadEngine.Fuzz;

/// <summary>What a run is to do.</summary>
internal sealed record FuzzOptions
{
    public int Requests { get; init; } = 8_000;

    /// <summary>What the requests are drawn from.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The store of the engine: <c>sqlite</c> or <c>postgres</c>.</summary>
    public string Store { get; init; } = "sqlite";

    /// <summary>The one request that is to be sent, after those that it learned from.</summary>
    public int? Only { get; init; }

    /// <summary>How many clients there are, each with a connection and every so-manieth request.</summary>
    public int Clients { get; init; } = 8;
}
