using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace LeadEngine.Benchmarks.Targets;

/// <summary>Separate silos and API hosts in front of them, as <c>deploy/local-cluster</c> runs them on loopback.</summary>
internal sealed class LocalCluster : IServer
{
    private const int Silos = 3;
    private const int Hosts = 2;

    // As the script deals out its ports: silos' own HTTP, their port for each other, their port for clients.
    private const int SiloHttp = 100;
    private const int SiloToSilo = 200;
    private const int SiloToClient = 300;

    private readonly string state;
    private readonly IReadOnlyList<string> logs;

    private LocalCluster(string state, int port)
    {
        this.state = state;
        var members = JsonElement.Parse(File.ReadAllText(Path.Combine(state, "cluster.json"))).GetProperty("members").EnumerateArray().ToArray();
        AdminKey = File.ReadAllText(Path.Combine(state, "admin.key")).Trim();
        Addresses = [.. members.Where(IsHost).Select(member => IPEndPoint.Parse(new Uri(Text(member, "url")).Authority))];
        ProcessIds = [.. members.Select(member => int.Parse(File.ReadAllText(Text(member, "pid_file")), CultureInfo.InvariantCulture))];
        InnerPorts = [.. Range(port + SiloToSilo, Silos), .. Range(port + SiloToClient, Silos)];
        logs = [.. members.Select(member => Text(member, "log"))];
    }

    public IReadOnlyList<IPEndPoint> Addresses { get; }

    public string AdminKey { get; }

    public IReadOnlyList<int> ProcessIds { get; }

    public IReadOnlyList<int> InnerPorts { get; }

    public string? WhyEnded =>
        ProcessIds.All(process => Directory.Exists($"/proc/{process}"))
            ? null
            : string.Join(Environment.NewLine, logs.Select(log => $"{log}:{Environment.NewLine}{File.ReadAllText(log)}"));

    public static async Task<LocalCluster> StartAsync(TargetDefinition definition, string folder, CancellationToken token)
    {
        int[] distances = [.. Range(0, Hosts), .. Range(SiloHttp, Silos), .. Range(SiloToSilo, Silos), .. Range(SiloToClient, Silos)];
        var port = Ports.FreeWith(distances);
        await RunAsync(
            definition,
            [
                "start", "--state", folder, "--connection", definition.Environment["Storage__ConnectionString"],
                "--silos", Text(Silos), "--hosts", Text(Hosts), "--port", Text(port), "--configuration", Programs.Configuration,
            ],
            token);
        return new LocalCluster(folder, port);
    }

    public async ValueTask DisposeAsync() => await RunAsync(null, ["stop", "--state", state], CancellationToken.None);

    private static async Task RunAsync(TargetDefinition? definition, string[] arguments, CancellationToken token)
    {
        var start = new ProcessStartInfo(Programs.LocalCluster, arguments) { RedirectStandardOutput = true };
        foreach (var (name, value) in definition?.Environment ?? []) start.Environment[name] = value;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        using var script = Process.Start(start)!;
        await script.StandardOutput.ReadToEndAsync(token);
        await script.WaitForExitAsync(token);
        if (script.ExitCode != 0) throw new InvalidOperationException($"{Programs.LocalCluster} {arguments[0]} ended with {script.ExitCode}.");
    }

    private static bool IsHost(JsonElement member) => Text(member, "name").StartsWith("host-", StringComparison.Ordinal);

    private static string Text(JsonElement member, string property) => member.GetProperty(property).GetString()!;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<int> Range(int first, int count) => Enumerable.Range(first, count);
}
