using System.Globalization;

namespace LeadEngine.Benchmarks;

/// <summary>What the command line says.</summary>
internal sealed record BenchmarkOptions
{
    public const string Usage = """
        usage: dotnet run --project benchmarks/Benchmarks -c Release -- [options]
          --seconds N      measured time of a run (5)
          --warmup N       load before it (2)
          --rounds N       how often each case runs, in turn with the others (5)
          --connections N  connections of the load generator (256)
          --only A,B       scenarios, targets, or scenario@target; writes no file
          --without A,B    leaves such out, and says so
          --full           every scenario, not only new leads; sets 4, 1 and 2
          --list           names the scenarios and targets
        """;

    /// <summary>What <c>--full</c> means where nothing else is said: shorter than the few cases are, or nobody would wait for it.</summary>
    public static readonly BenchmarkOptions Complete = new()
    {
        IsFull = true,
        Measured = TimeSpan.FromSeconds(4),
        WarmUp = TimeSpan.FromSeconds(1),
        Rounds = 2,
        Without = ["burst@orleans", "1m@orleans", "5m@orleans", "selectall@orleans", "search@orleans", "deadhook@orleans", "cold@cluster"],
    };

    public TimeSpan Measured { get; init; } = TimeSpan.FromSeconds(5);

    public TimeSpan WarmUp { get; init; } = TimeSpan.FromSeconds(2);

    public int Rounds { get; init; } = 5;

    public int Connections { get; init; } = 256;

    public string[] Only { get; init; } = [];

    public string[] Without { get; init; } = [];

    public bool IsFull { get; init; }

    public bool IsList { get; init; }

    public static BenchmarkOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = arguments.Contains("--full") ? Complete : new BenchmarkOptions();
        for (var index = 0; index < arguments.Count; index++)
        {
            options = arguments[index] switch
            {
                "--full" => options,
                "--list" => options with { IsList = true },
                var name when index + 1 < arguments.Count => options.With(name, arguments[++index]),
                var name => throw new FormatException($"{name} is unknown, or lacks its value."),
            };
        }

        return options;
    }

    public bool Wants(string scenario, string target, bool isDefault) =>
        Only.Length == 0
            ? isDefault || IsFull
            : Only.Contains($"{scenario}@{target}") || Names(scenario, target, isDefault);

    public bool LeavesOut(string scenario, string target) => Without.Intersect([scenario, target, $"{scenario}@{target}"]).Any();

    /// <summary>A scenario named alone means every target; a target named alone means the scenarios that would run anyway.</summary>
    private bool Names(string scenario, string target, bool isDefault)
    {
        var plain = Only.Where(name => !name.Contains('@', StringComparison.Ordinal)).ToArray();
        var targets = plain.Intersect(Targets.TargetNames.All).ToArray();
        var scenarios = plain.Except(targets).ToArray();
        return plain.Length > 0
            && (scenarios.Length == 0 ? isDefault || IsFull : scenarios.Contains(scenario))
            && (targets.Length == 0 || targets.Contains(target));
    }

    private BenchmarkOptions With(string name, string value) => name switch
    {
        "--seconds" => this with { Measured = TimeSpan.FromSeconds(Positive(value)) },
        "--warmup" => this with { WarmUp = TimeSpan.FromSeconds(Positive(value)) },
        "--rounds" => this with { Rounds = (int)Positive(value) },
        "--connections" => this with { Connections = (int)Positive(value) },
        "--only" => this with { Only = Names(value) },
        "--without" => this with { Without = Names(value) },
        _ => throw new FormatException($"{name} is unknown."),
    };

    private static string[] Names(string value) => value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static double Positive(string value) =>
        double.TryParse(value, CultureInfo.InvariantCulture, out var number) && number > 0 ? number
        : throw new FormatException($"{value} is not a number above 0.");
}
