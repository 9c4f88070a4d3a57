using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LeadEngine.TestSupport;

/// <summary>A real engine in a process of its own, which can be killed at any instant and started again on the same store.</summary>
public sealed class EngineProcess : IAsyncDisposable
{
    /// <summary>What <see cref="Client"/> administers the engine with.</summary>
    public const string AdminKey = "key-of-the-tests";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private readonly Dictionary<string, string> _settings;
    private readonly string _folder = Directory.CreateTempSubdirectory("leads-").FullName;
    private Process? _process;
    private Task<string[]>? _output;

    /// <param name="provider">The store: <c>sqlite</c> or <c>postgres</c>.</param>
    /// <param name="connectionString">The database; null for a new file.</param>
    /// <param name="settings">Further settings, as the environment names them.</param>
    public EngineProcess(string provider, string? connectionString = null, params IEnumerable<(string Name, string Value)> settings)
    {
        Port = FreePort();
        _settings = new()
        {
            ["ASPNETCORE_URLS"] = $"http://127.0.0.1:{Port}",
            ["Admin__Key"] = AdminKey,
            ["RateLimits__Enabled"] = "false", // All requests of a test come from one address.
            ["Silo__Port"] = Text(FreePort()),
            ["Silo__GatewayPort"] = Text(FreePort()),
            ["Storage__Provider"] = provider,
            ["Storage__ConnectionString"] = connectionString ?? $"Data Source={Path.Combine(_folder, "leads.db")}",
        };
        foreach (var (name, value) in settings) _settings[name] = value;
        Client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{Port}"), Timeout = TimeSpan.FromSeconds(30) };
        Client.DefaultRequestHeaders.Add("X-Admin-Key", AdminKey);
    }

    public HttpClient Client { get; }

    /// <summary>The port on 127.0.0.1 that it listens on, also after a restart.</summary>
    public int Port { get; }

    /// <summary>The memory that it holds, in bytes.</summary>
    public long Memory
    {
        get
        {
            _process!.Refresh();
            return _process.WorkingSet64;
        }
    }

    public string ConnectionString => _settings["Storage__ConnectionString"];

    /// <summary>Starts it and waits until it is ready.</summary>
    public async Task Start()
    {
        Launch();
        await WaitUntilReady();
    }

    /// <summary>Waits until the engine says that it can take work.</summary>
    public async Task WaitUntilReady()
    {
        using var timeout = new CancellationTokenSource(StartTimeout);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await IsReady(timeout.Token))
        {
            if (_process!.HasExited) throw new InvalidOperationException($"The engine left: {string.Join('\n', await _output!)}");
            await tick.WaitForNextTickAsync(timeout.Token);
        }
    }

    /// <summary>Starts it and waits until it has left by itself.</summary>
    /// <returns>How it left, and what it said.</returns>
    public async Task<(int ExitCode, string Output)> StartInVain()
    {
        Launch();
        await _process!.WaitForExitAsync().WaitAsync(StartTimeout);
        return (_process.ExitCode, string.Join('\n', await _output!));
    }

    private void Launch()
    {
        var start = new ProcessStartInfo("dotnet", [HostAssembly()])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in _settings) start.Environment[name] = value;
        _process = Process.Start(start)!;
        _output = Task.WhenAll(_process.StandardOutput.ReadToEndAsync(), _process.StandardError.ReadToEndAsync());
    }

    /// <summary>Asks the process to end, as <c>SIGTERM</c> does, and waits until it has.</summary>
    public async Task<int> Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", Text(_process!.Id)]);
        await _process.WaitForExitAsync().WaitAsync(StartTimeout);
        return _process.ExitCode;
    }

    /// <summary>Ends the process at once, as <c>kill -9</c> does.</summary>
    /// <returns>What it said.</returns>
    public async Task<string> Kill()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
        return string.Join('\n', await _output!);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_process is { HasExited: false }) await Kill();
        _process?.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> IsReady(CancellationToken cancel)
    {
        try
        {
            using var response = await Client.GetAsync("/health/ready", cancel);
            return response.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false; // Not listening yet.
        }
    }

    // artifacts/<stack>/bin/<test project>/<configuration>/ beside artifacts/<stack>/bin/ApiHost/<configuration>/
    private static string HostAssembly()
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(here.Parent!.Parent!.FullName, "ApiHost", here.Name, "LeadEngine.ApiHost.dll");
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
