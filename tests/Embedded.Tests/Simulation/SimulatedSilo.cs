using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeadEngine.Embedded.Tests.Simulation;

/// <summary>A runtime on one thread, whose history is drawn from a seed.</summary>
internal sealed class SimulatedSilo : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly SeededScheduler _scheduler;

    public SimulatedSilo(int seed)
    {
        _scheduler = new(seed, Time);
        _services = new ServiceCollection()
            .AddSingleton<TimeProvider>(Time)
            .AddSingleton<ITurnScheduler>(_scheduler)
            .AddSingleton(Journal)
            .AddOrleans(_ => { })
            .BuildServiceProvider();
    }

    public VirtualTime Time { get; } = new();

    public Journal Journal { get; } = new();

    public GrainRuntime Runtime => _services.GetRequiredService<GrainRuntime>();

    public T Get<T>(string key)
        where T : IGrainWithStringKey => Runtime.GetGrain<T>(key);

    public void Run(Func<Task> work) => _scheduler.Run(work);

    public void Dispose() => _services.Dispose();
}
