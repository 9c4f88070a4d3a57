namespace LeadEngine.Benchmarks.Targets;

/// <summary>How a server is started, and what may be expected of it.</summary>
internal sealed record TargetDefinition
{
    public required string Name { get; init; }

    public required string Title { get; init; }

    public required string Program { get; init; }

    public string[] Arguments { get; init; } = [];

    public Dictionary<string, string> Environment { get; init; } = [];

    /// <summary>Environment variables that get a free port each whenever the server starts.</summary>
    public string[] PortSettings { get; init; } = [];

    /// <summary>It keeps leads, so there is something to count, update and look up.</summary>
    public bool KeepsLeads { get; init; } = true;

    /// <summary>It is run by <c>deploy/local-cluster</c>, which <see cref="Program"/> then is.</summary>
    public bool IsCluster { get; init; }

    /// <summary>It is sent people by the million.</summary>
    public bool TakesMillions { get; init; }

    /// <summary>The database server behind it, whose work is counted too.</summary>
    public int? DatabaseProcess { get; init; }

    /// <summary>Done before each measured run.</summary>
    public Func<CancellationToken, Task> Settle { get; init; } = _ => Task.CompletedTask;
}
