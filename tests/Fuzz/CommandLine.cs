using System.Globalization;

namespace LeadEngine.Fuzz;

internal static class CommandLine
{
    public static async Task<int> Run(string[] args)
    {
        if (Parse(args) is not { } options) return Complain();
        var report = await FuzzRun.Run(options);
        Console.WriteLine(report);
        return report.Findings.Count == 0 ? 0 : 1;
    }

    private static FuzzOptions? Parse(string[] args)
    {
        var options = new FuzzOptions();
        if (args.Length % 2 != 0) return null;
        foreach (var pair in args.Chunk(2))
        {
            var isNumber = int.TryParse(pair[1], CultureInfo.InvariantCulture, out var number);
            switch (pair[0])
            {
                case "--requests" when isNumber && number > 0:
                    options = options with { Requests = number };
                    break;
                case "--seed" when isNumber:
                    options = options with { Seed = number };
                    break;
                case "--only" when isNumber && number > 0:
                    options = options with { Only = number };
                    break;
                case "--store" when pair[1] is "sqlite" or "postgres":
                    options = options with { Store = pair[1] };
                    break;
                default:
                    return null;
            }
        }

        return options;
    }

    private static int Complain()
    {
        Console.Error.WriteLine("usage: [--requests 8000] [--seed 1] [--store sqlite|postgres] [--only NUMBER]");
        return 2;
    }
}
