namespace LeadEngine.Benchmarks.Targets;

/// <summary>Knows how each target is started, starts it when it is first wanted, and ends all of them.</summary>
internal sealed class TargetCatalog(string folder) : IAsyncDisposable
{
    // Silos on one machine must not meet.
    private static readonly string[] SiloPorts = ["Silo__Port", "Silo__GatewayPort"];

    // Whom webhooks tell is on this machine too.
    private const string AllowedHost = "Webhooks__AllowedHosts__0";
    private const string Loopback = "127.0.0.1";

    private readonly Dictionary<string, Target> running = [];
    private BenchmarkPostgres? postgres;

    /// <summary>Null while no target needed PostgreSQL.</summary>
    public string? PostgresVersion => postgres?.Version;

    public async Task<Target> GetAsync(string name, CancellationToken token)
    {
        if (running.TryGetValue(name, out var target)) return target;
        target = await StartAsync(name, name, token);
        running.Add(name, target);
        return target;
    }

    /// <summary>Another server of that kind with a store of its own, which the caller ends.</summary>
    public Task<Target> StartTwinAsync(string name, CancellationToken token) => StartAsync(name, $"{name}-{Guid.CreateVersion7()}", token);

    public async ValueTask DisposeAsync()
    {
        try
        {
            await Task.WhenAll(running.Values.Select(target => target.DisposeAsync().AsTask()));
        }
        finally
        {
            if (postgres is not null) await postgres.DisposeAsync();
        }
    }

    private async Task<Target> StartAsync(string name, string subfolder, CancellationToken token)
    {
        var target = new Target(await DefineAsync(name, token), Path.Combine(folder, subfolder));
        try
        {
            await target.StartAsync(token);
            return target;
        }
        catch
        {
            await target.DisposeAsync();
            throw;
        }
    }

    private async Task<TargetDefinition> DefineAsync(string name, CancellationToken token) => name switch
    {
        TargetNames.Echo => new()
        {
            Name = name,
            Title = "JSON echo",
            Program = Programs.Peers,
            Arguments = [name],
            KeepsLeads = false,
        },
        TargetNames.Naive => await OnPostgresAsync(connection => new()
        {
            Name = name,
            Title = "naive peer",
            Program = Programs.Peers,
            Arguments = [name],
            Environment = { ["ConnectionStrings__Leads"] = connection },
        }, token),
        TargetNames.OrleansNaive => await OnPostgresAsync(connection => new()
        {
            Name = name,
            Title = "naive Orleans peer",
            Program = Programs.OrleansPeer,
            PortSettings = SiloPorts,
            Environment = { ["ConnectionStrings__Leads"] = connection },
        }, token),
        TargetNames.Sqlite => new()
        {
            Name = name,
            Title = "engine, SQLite",
            Program = Programs.ApiHost,
            TakesMillions = true,
            Environment = { ["Storage__Provider"] = name, [AllowedHost] = Loopback },
        },
        TargetNames.Postgres => await OnPostgresAsync(connection => new()
        {
            Name = name,
            Title = "engine, PostgreSQL",
            Program = Programs.ApiHost,
            TakesMillions = true,
            Environment = EngineOnPostgres(connection),
        }, token),
        TargetNames.Orleans => await OnPostgresAsync(connection => new()
        {
            Name = name,
            Title = "engine, Orleans, PostgreSQL",
            Program = Programs.OrleansApiHost,
            PortSettings = SiloPorts,
            TakesMillions = true,
            Environment = EngineOnPostgres(connection),
        }, token),
        TargetNames.Cluster => await OnPostgresAsync(connection => new()
        {
            Name = name,
            Title = "engine, 3 silos and 2 hosts, PostgreSQL",
            Program = Programs.LocalCluster,
            IsCluster = true,
            Environment = EngineOnPostgres(connection),
        }, token),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such target."),
    };

    private static Dictionary<string, string> EngineOnPostgres(string connection) =>
        new() { ["Storage__Provider"] = "postgres", ["Storage__ConnectionString"] = connection, [AllowedHost] = Loopback };

    private async Task<TargetDefinition> OnPostgresAsync(Func<string, TargetDefinition> define, CancellationToken token)
    {
        postgres ??= await BenchmarkPostgres.StartAsync(token);
        return define(await postgres.CreateDatabaseAsync()) with { DatabaseProcess = postgres.ProcessId, Settle = postgres.CheckpointAsync };
    }
}
