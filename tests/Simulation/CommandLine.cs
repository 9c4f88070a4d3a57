using System.Globalization;

namespace LeadEngine.Simulation;

internal static class CommandLine
{
    public static int Run(string[] args)
    {
        if (args is not [_] and not [_, "all"]) return Complain();
        var isWhole = args.Length == 2;
        var ends = args[0].Split("..");
        if (!int.TryParse(ends[0], CultureInfo.InvariantCulture, out var first)) return Complain();
        if (ends.Length == 1) return Tell(first);
        return int.TryParse(ends[^1], CultureInfo.InvariantCulture, out var last) && last >= first ? Search(first, last, isWhole ? int.MaxValue : 1) : Complain();
    }

    private static int Tell(int seed)
    {
        var outcome = Simulation.Run(seed);
        Console.WriteLine(outcome.History);
        Console.WriteLine(outcome.Failure is null ? $"Seed {seed} keeps the promises." : $"Seed {seed} breaks a promise: {outcome.Failure}");
        return outcome.Failure is null ? 0 : 1;
    }

    private static int Search(int first, int last, int stopAt)
    {
        var start = TimeProvider.System.GetTimestamp();
        var failures = Seeds.Run(first, last - first + 1, stopAt, out var tally);
        var span = TimeProvider.System.GetElapsedTime(start);
        Console.WriteLine(tally);
        Console.WriteLine($"{tally.Seeds} seeds in {span.TotalSeconds:F1} s, {tally.Seeds / span.TotalSeconds:F0} a second");
        foreach (var failure in failures) Console.WriteLine($"Seed {failure.Seed}: {failure.Failure!.Message}");
        if (failures.Count > 0) Console.WriteLine($"{failures.Count} seeds break a promise.");
        return failures.Count == 0 ? 0 : 1;
    }

    private static int Complain()
    {
        Console.Error.WriteLine("Give a seed, as in 123, or a range of seeds, as in 1..10000; add the word all to go on after the first failure.");
        return 2;
    }
}
