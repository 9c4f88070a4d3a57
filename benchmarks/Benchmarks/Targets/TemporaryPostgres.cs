using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace LeadEngine.Benchmarks.Targets;

internal sealed class TemporaryPostgres : IAsyncDisposable
{
    private const string Owner = "postgres";
    private readonly string folder;
    private readonly string bin;
    private readonly int port;

    private TemporaryPostgres(string folder, string bin, int port) => (this.folder, this.bin, this.port) = (folder, bin, port);

    public int ProcessId => int.Parse(File.ReadLines(Path.Combine(folder, "postmaster.pid")).First(), CultureInfo.InvariantCulture);

    public static async Task<TemporaryPostgres> StartAsync(string folder, CancellationToken token)
    {
        var bin = (await RunAsync("pg_config", ["--bindir"], token)).Trim();
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        var port = ((IPEndPoint)probe.LocalEndpoint).Port;
        probe.Stop();
        Directory.CreateDirectory(folder);
        await RunAsync("chown", [Owner, folder], token);
        var server = new TemporaryPostgres(folder, bin, port);
        await server.AsOwnerAsync("initdb", ["-D", folder, "-A", "trust", "-E", "UTF8"], token);
        await server.AsOwnerAsync(
            "pg_ctl",
            ["-D", folder, "-w", "-l", Path.Combine(folder, "log"), "-o", $"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={folder} -c shared_buffers=512MB -c max_wal_size=8GB -c max_connections=200", "start"],
            token);
        return server;
    }

    public string ConnectionString(string database) => $"Host=127.0.0.1;Port={port};Username={Owner};Database={database}";

    public Task ExecuteAsync(string sql, CancellationToken token) =>
        AsOwnerAsync("psql", ["-h", folder, "-p", $"{port}", "-d", "postgres", "-qAtc", sql], token);

    public async ValueTask DisposeAsync()
    {
        await AsOwnerAsync("pg_ctl", ["-D", folder, "-w", "-m", "fast", "stop"], CancellationToken.None);
    }

    private Task<string> AsOwnerAsync(string program, string[] arguments, CancellationToken token) =>
        RunAsync("setpriv", ["--reuid", Owner, "--regid", Owner, "--init-groups", Path.Combine(bin, program), .. arguments], token);

    private static async Task<string> RunAsync(string program, string[] arguments, CancellationToken token)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, WorkingDirectory = "/tmp" })!;
        var output = program.EndsWith("pg_config", StringComparison.Ordinal) ? await process.StandardOutput.ReadToEndAsync(token) : "";
        await process.WaitForExitAsync(token);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{program} failed.");
    }
}
