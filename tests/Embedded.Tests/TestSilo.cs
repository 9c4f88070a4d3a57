using LeadEngine.Embedded.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace LeadEngine.Embedded.Tests;

/// <summary>A runtime with its services, on the thread pool, under a clock that tests move.</summary>
internal sealed class TestSilo : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private TestSilo(ServiceProvider services) => _services = services;

    public VirtualTime Time => (VirtualTime)_services.GetRequiredService<TimeProvider>();

    public GrainRuntime Runtime => _services.GetRequiredService<GrainRuntime>();

    public Journal Journal => _services.GetRequiredService<Journal>();

    public static async Task<TestSilo> StartAsync(Action<IServiceCollection>? configure = null)
    {
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(new VirtualTime());
        services.AddSingleton<Journal>();
        configure?.Invoke(services);
        services.AddOrleans(silo => silo.Configure<GrainCollectionOptions>(options =>
        {
            options.CollectionQuantum = TimeSpan.FromSeconds(1);
            options.CollectionAge = TimeSpan.FromMinutes(1);
        }));
        var silo = new TestSilo(services.BuildServiceProvider());
        foreach (var hosted in silo._services.GetServices<IHostedService>()) await hosted.StartAsync(CancellationToken.None);
        return silo;
    }

    public T Get<T>(string key)
        where T : IGrainWithStringKey => Runtime.GetGrain<T>(key);

    public async Task StopAsync(CancellationToken token = default)
    {
        foreach (var hosted in _services.GetServices<IHostedService>()) await hosted.StopAsync(token);
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();
}

/// <summary>What grains did, in order; tests wait for entries rather than for time.</summary>
public sealed class Journal
{
    private readonly List<string> _entries = [];
    private readonly List<(string Entry, int Count, TaskCompletionSource Seen)> _waiting = [];

    public string[] Entries
    {
        get
        {
            lock (_entries) return [.. _entries];
        }
    }

    public void Add(string entry)
    {
        lock (_entries)
        {
            _entries.Add(entry);
            foreach (var wait in _waiting.Where(wait => _entries.Count(e => e == wait.Entry) >= wait.Count).ToList())
            {
                _waiting.Remove(wait);
                wait.Seen.SetResult();
            }
        }
    }

    public Task Seen(string entry, int count = 1)
    {
        var seen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_entries)
        {
            if (_entries.Count(e => e == entry) >= count) seen.SetResult();
            else _waiting.Add((entry, count, seen));
        }

        return seen.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}
