using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using LeadEngine.TestSupport;

namespace LeadEngine.Durability.Cluster;

/// <summary>
/// Three silos and two API hosts, each a process of its own, started by <c>deploy/local-cluster</c> on a database of the test's.
/// </summary>
internal sealed class LocalCluster : IAsyncDisposable
{
    private const int StartTries = 3;
    private const int SiloCount = 3;
    private const int HostCount = 2;

    // Below the ports that operating systems give out by themselves.
    private const int FirstPort = 12_000;
    private const int LastPort = 30_000;

    private static readonly TimeSpan ScriptTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan EndTimeout = TimeSpan.FromMinutes(1);
    private static readonly string Root = FindRoot();

    private readonly PostgresServer _database;
    private readonly string _folder = Directory.CreateTempSubdirectory("leads-cluster-").FullName;
    private readonly OwnedProcess _remover;
    private int _port;

    private LocalCluster(PostgresServer database)
    {
        _database = database;
        _remover = OwnedProcess.RunUntilOwnerEnds($"'{Script}' stop --state '{_folder}' >&2; rm -rf '{_folder}'");
    }

    public static IReadOnlyList<string> Silos { get; } = [.. Enumerable.Range(1, SiloCount).Select(number => $"silo-{number}")];

    public PostgresServer Database => _database;

    /// <summary>One for each API host; they may administer too.</summary>
    public HttpClient[] Hosts { get; private set; } = [];

    public EngineApi Api => new(Hosts[0]);

    private static string Script => Path.Combine(Root, "deploy", "local-cluster");

    /// <summary>Starts everything and waits until it is ready.</summary>
    public static async Task<LocalCluster> Start()
    {
        var cluster = new LocalCluster(await PostgresServer.Start());
        try
        {
            await cluster.StartOnFreePorts(await cluster._database.CreateDatabase());
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>The silo on which a campaign is active.</summary>
    public async Task<string> HolderOf(long campaignId)
    {
        var gateways = Enumerable.Range(0, SiloCount).Select(number => new IPEndPoint(IPAddress.Loopback, _port + 300 + number));
        var address = await CampaignHolder.Find($"local-{_port}", [.. gateways], campaignId);
        return Silos[address.Port - _port - 200];
    }

    /// <summary>Sends a signal to a member.</summary>
    public async Task Signal(string name, string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", Text(PidOf(name))]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }

    /// <summary>Ends members at once, all together, and waits until they are gone.</summary>
    public async Task Kill(params IEnumerable<string> names)
    {
        await Task.WhenAll(names.Select(name => Signal(name, "KILL")));
        foreach (var name in names) await AwaitEnd(name);
    }

    /// <summary>Waits until a member has ended.</summary>
    public async Task AwaitEnd(string name)
    {
        using var timeout = new CancellationTokenSource(EndTimeout);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (IsRunning(name)) await tick.WaitForNextTickAsync(timeout.Token);
    }

    /// <summary>Starts those silos that are gone, as a supervisor would, and waits until all are ready.</summary>
    public async Task Heal()
    {
        string[] gone = [.. Silos.Where(name => !IsRunning(name))];
        if (gone.Length > 0) await Run(["up", .. gone, "--state", _folder]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var host in Hosts) host.Dispose();
        await _remover.DisposeAsync();
        await _database.DisposeAsync();
    }

    private async Task StartOnFreePorts(string connectionString)
    {
        for (var attempt = 1; ; attempt++)
        {
            _port = FreePorts();
            try
            {
                await Run(["start", "--state", _folder, "--port", Text(_port), "--connection", connectionString,
                    "--silos", Text(SiloCount), "--hosts", Text(HostCount), "--configuration", Configuration()]);
                break;
            }
            catch (InvalidOperationException) when (attempt < StartTries)
            {
                // Somebody else took one of the ports meanwhile.
            }
        }

        Hosts = [.. Enumerable.Range(0, HostCount).Select(number => Host(_port + number))];
    }

    private HttpClient Host(int port)
    {
        var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), Timeout = TimeSpan.FromSeconds(30) };
        client.DefaultRequestHeaders.Add("X-Admin-Key", File.ReadAllText(Path.Combine(_folder, "admin.key")).Trim());
        return client;
    }

    private int PidOf(string name) => int.Parse(File.ReadAllText(Path.Combine(_folder, $"{name}.pid")), CultureInfo.InvariantCulture);

    // A number may have passed to somebody else since.
    private bool IsRunning(string name)
    {
        try
        {
            return File.ReadAllText($"/proc/{PidOf(name)}/cmdline").Contains("LeadEngine.", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false;
        }
    }

    private static async Task Run(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Script, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["RateLimits__Enabled"] = "false"; // All requests come from one address.
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync().WaitAsync(ScriptTimeout);
        if (process.ExitCode != 0) throw new InvalidOperationException($"local-cluster: {await output}\n{await errors}");
    }

    // As local-cluster gives them out: hosts, and in steps of 100 what silos listen on.
    private static int FreePorts()
    {
        var taken = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(listener => listener.Port).ToHashSet();
        while (true)
        {
            var port = Random.Shared.Next(FirstPort, LastPort);
            int[] blocks = [port, port + 100, port + 200, port + 300];
            if (!blocks.Any(first => Enumerable.Range(first, SiloCount).Any(taken.Contains))) return port;
        }
    }

    // artifacts/orleans/bin/Durability/<configuration>/ below the repository's root
    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "deploy", "local-cluster"))) folder = folder.Parent!;
        return folder.FullName;
    }

    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
