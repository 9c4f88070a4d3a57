using System.Diagnostics.Metrics;
using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Grains;
using LeadEngine.Grains.Campaigns;
using LeadEngine.Grains.Telemetry;
using LeadEngine.Silo;
using LeadEngine.Simulation.Store;
using LeadEngine.Storage;
using LeadEngine.Storage.Telemetry;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace LeadEngine.Simulation.Engine;

/// <summary>
/// One process: the grains, their runtime and the lead store, as the host composes them, with a simulated way to the database.
/// </summary>
internal sealed class SimulatedProcess
{
    // A meter lives until it is disposed of, so all processes share one, which nobody listens to.
    private static readonly Meter Meter = new("Simulation");
    private static readonly StoreMetrics StoreMetrics = new(Meter);
    private static readonly LeadMetrics LeadMetrics = new(Meter);

    private readonly ProcessScheduler _scheduler;
    private readonly FaultyWay _way;
    private readonly LeadStore _store;
    private readonly DirectoryIndexing _indexing;
    private readonly BulkWork _work;
    private readonly ServiceProvider _services;
    private readonly List<IAsked> _asked = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly ReceiverLine? _line;
    private Task _working = Task.CompletedTask;
    private Task _delivering = Task.CompletedTask;

    public SimulatedProcess(int number, World world, Outside outside, EngineLimits limits)
    {
        Number = number;
        _scheduler = new ProcessScheduler(world.Scheduler);
        Clock = new ProcessClock(world.Time, _scheduler);
        _way = new FaultyWay(number, world, outside);
        if (outside.Receiver is { } receiver) _line = new ReceiverLine(number, world, receiver);
        var driver = new SimulatedDriver(_way, outside.Database);
        var options = Options.Create(limits.Store);
        _store = new LeadStore(driver, options, Clock, StoreMetrics, NullLogger<LeadStore>.Instance, world.Chance.Random);
        var directory = new DirectoryStore(driver, options, Clock, StoreMetrics, world.Chance.Random);
        _indexing = new DirectoryIndexing(directory, Clock, NullLogger<DirectoryIndexing>.Instance);
        var tasks = new TaskStore(driver, options, Clock, StoreMetrics, world.Chance.Random);
        var webhooks = new WebhookStore(driver, options, Clock, StoreMetrics, world.Chance.Random);
        _services = Compose(world, outside, limits, directory, tasks, webhooks);
        Runtime = _services.GetRequiredService<GrainRuntime>();
        _work = new BulkWork(
            tasks, Runtime, _services.GetRequiredService<WorkBell>(), Clock, world.Chance.Random, NullLogger<BulkWork>.Instance);
    }

    private interface IAsked
    {
        string What { get; }

        void Break();
    }

    public int Number { get; }

    public TimeProvider Clock { get; }

    public GrainRuntime Runtime { get; }

    public bool IsAlive { get; private set; } = true;

    /// <summary>What it was asked and has not answered.</summary>
    public IEnumerable<string> Unanswered => _asked.Select(asked => asked.What);

    public Task Start() => _scheduler.Start(async () =>
    {
        await _store.StartAsync(CancellationToken.None);
        foreach (var silo in _services.GetServices<IHostedService>().OfType<SiloLifetime>()) await silo.StartAsync(CancellationToken.None);
        _ = _indexing.Run(_stopping.Token);
        _working = _work.Run(_stopping.Token);
        if (_services.GetServices<IHostedService>().OfType<DeliveryService>().SingleOrDefault() is { } deliveries)
            _delivering = deliveries.Run(_stopping.Token);
    });

    /// <summary>Has a request handled; when the process dies its sender sees a broken connection.</summary>
    public Task<T> Ask<T>(string what, Func<Task<T>> work)
    {
        var asked = new Asked<T>(what);
        _asked.Add(asked);
        _ = _scheduler.Start(async () =>
        {
            try
            {
                asked.Answer.TrySetResult(await work());
            }
            catch (Exception failure)
            {
                asked.Answer.TrySetException(failure);
            }

            _asked.Remove(asked);
        });
        return asked.Answer.Task;
    }

    /// <summary>As by <c>kill -9</c>.</summary>
    public void Kill()
    {
        IsAlive = false;
        _scheduler.Kill();
        _way.Cut();
        _line?.Cut();
        foreach (var asked in _asked.ToList()) asked.Break();
        _asked.Clear();
    }

    /// <summary>As by SIGTERM: queued work that was begun is ended, then grains let go, then the store serves those who wait.</summary>
    public async Task Stop()
    {
        await _scheduler.Start(async () =>
        {
            StopServices();
            await _working.ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            await _delivering;
            foreach (var silo in _services.GetServices<IHostedService>().OfType<SiloLifetime>()) await silo.StopAsync(CancellationToken.None);
            await _store.StopAsync(CancellationToken.None);
        });
        Kill();
    }

    // To cancel asynchronously is to cancel on another thread.
    private void StopServices() => _stopping.Cancel();

    public void Freeze() => _scheduler.Freeze(_scheduler);

    public void Thaw() => _scheduler.Thaw(_scheduler);

    public void Freeze(Activation activation) => _scheduler.Freeze(activation);

    public void Thaw(Activation activation) => _scheduler.Thaw(activation);

    private ServiceProvider Compose(
        World world, Outside outside, EngineLimits limits, DirectoryStore directory, TaskStore tasks, WebhookStore webhooks)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(NoConfiguration);
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        services.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton(Clock);
        services.AddSingleton(world.Chance.Random);
        services.AddSingleton<ITurnScheduler>(_scheduler);
        services.AddSingleton<ILeadStore>(_store);
        services.AddSingleton<IDirectoryStore>(directory);
        services.AddSingleton<ILinkStore>(directory);
        services.AddSingleton<ITaskStore>(tasks);
        services.AddSingleton<IWebhookStore>(webhooks);
        services.AddSingleton(LeadMetrics);
        services.AddOrleans(silo => silo.AddLeadGrains());
        if (outside.Receiver is { } receiver) services.AddDelivery(receiver, _line!, limits);
        services.Configure<EngineOptions>(limits.Set);
        services.Configure<GrainCollectionOptions>(limits.Set);
        return services.BuildServiceProvider();
    }

    private static readonly IConfiguration NoConfiguration = new ConfigurationBuilder().Build();

    private sealed class Asked<T>(string what) : IAsked
    {
        public string What => what;

        public TaskCompletionSource<T> Answer { get; } = new();

        public void Break() => Answer.TrySetException(new ConnectionBrokenException());
    }
}

/// <summary>The process that was asked died before it answered.</summary>
internal sealed class ConnectionBrokenException() : Exception("The connection was broken.");
