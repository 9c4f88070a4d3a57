using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

namespace LeadEngine.Benchmarks.Targets;

/// <summary>A server as a process of its own; disposing ends it.</summary>
internal sealed partial class ServerProcess : IServer
{
    private const int Terminate = 15;
    private const string Key = "benchmark-admin-key";
    private const int KeptLines = 40;
    private static readonly TimeSpan PatienceAtEnd = TimeSpan.FromSeconds(15);

    private readonly Process process;
    private readonly ConcurrentQueue<string> lastLines = new();

    private ServerProcess(Process process, IPEndPoint address)
    {
        this.process = process;
        Addresses = [address];
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
    }

    public IReadOnlyList<IPEndPoint> Addresses { get; }

    public string AdminKey => Key;

    public IReadOnlyList<int> ProcessIds => [process.Id];

    public IReadOnlyList<int> InnerPorts => [];

    public string? WhyEnded => process.HasExited ? string.Join(Environment.NewLine, lastLines) : null;

    public static ServerProcess Start(TargetDefinition definition, string folder)
    {
        var ports = Ports.Free(1 + definition.PortSettings.Length);
        var address = new IPEndPoint(IPAddress.Loopback, ports[0]);
        var start = new ProcessStartInfo(definition.Program, definition.Arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in definition.Environment) start.Environment[name] = value;
        start.Environment["ASPNETCORE_URLS"] = $"http://{address}";
        start.Environment["Admin__Key"] = Key;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (setting, port) in definition.PortSettings.Zip(ports.Skip(1)))
        {
            start.Environment[setting] = port.ToString(CultureInfo.InvariantCulture);
        }

        var process = new Process { StartInfo = start };
        var server = new ServerProcess(process, address);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            _ = Signal(process.Id, Terminate);
            using var patience = new CancellationTokenSource(PatienceAtEnd);
            await process.WaitForExitAsync(patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!process.HasExited) process.Kill();
        }

        process.Dispose();
    }

    private void Keep(string? line)
    {
        if (line is null) return;
        lastLines.Enqueue(line);
        if (lastLines.Count > KeptLines) lastLines.TryDequeue(out _);
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Signal(int process, int signal);
}
