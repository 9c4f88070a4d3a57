using LeadEngine.Embedded.Tests.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;

namespace LeadEngine.Embedded.Tests.Hosting;

public sealed class HostTests
{
    private readonly TaskCompletionSource _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Task<TestSilo> Start() => TestSilo.StartAsync(services => services.AddSingleton<LifeGrainBase.Counter>());

    private static ILifeGrain Life(TestSilo silo, string key = "a") =>
        silo.Runtime.GetGrain<ILifeGrain>(key, typeof(LifeGrain).FullName);

    [Fact]
    public async Task UseOrleans_WebApplication_OffersGrainsToItsServices()
    {
        var builder = WebApplication.CreateBuilder();
        builder.UseOrleans(silo => silo.Services.AddSingleton<Journal>());
        await using var app = builder.Build();
        Assert.Same(app.Services.GetRequiredService<IClusterClient>(), app.Services.GetRequiredService<IGrainFactory>());
        Assert.Equal(3, await app.Services.GetRequiredService<IGrainFactory>().GetGrain<IEchoGrain>("a").Add(1, 2));
    }

    [Fact]
    public async Task Start_CollectionAgeBelowTheQuantum_IsRefused()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.UseOrleans(silo => silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromSeconds(60)));
        using var host = builder.Build();
        await Assert.ThrowsAsync<OrleansConfigurationException>(() => host.StartAsync());
    }

    [Fact]
    public async Task Stop_RequestsRunAndWait_ServesThemAndThenDeactivatesAll()
    {
        await using var silo = await Start();
        await Life(silo, "idle").Instance();
        var running = Life(silo).Hold(_gate.Task);
        await silo.Journal.Seen("holding");
        var waiting = Enumerable.Range(0, 10).Select(_ => Life(silo).Instance()).ToArray();
        var stopping = silo.StopAsync();
        await silo.Journal.Seen("disposed 1");
        Assert.False(stopping.IsCompleted);
        _gate.SetResult();
        await stopping;
        await running;
        Assert.All(await Task.WhenAll(waiting), instance => Assert.Equal(2, instance));
        Assert.Empty(silo.Runtime.Activations);
        Assert.Contains("deactivated 1 ShuttingDown", silo.Journal.Entries);
        Assert.Contains("deactivated 2 ShuttingDown", silo.Journal.Entries);
    }

    [Fact]
    public async Task Stop_GrainsCallGrainsWhileTheyFinish_TheyAreServed()
    {
        await using var silo = await Start();
        var caller = silo.Get<IContextGrain>("caller");
        var calls = Enumerable.Range(0, 200).Select(i => caller.ReadThrough(silo.Get<IContextGrain>($"callee {i}"), "key")).ToArray();
        await silo.StopAsync();
        await Task.WhenAll(calls);
        Assert.Empty(silo.Runtime.Activations);
    }

    [Fact]
    public async Task Stop_ARequestDoesNotEnd_EndsWithItsToken()
    {
        await using var silo = await Start();
        var running = Life(silo).Hold(_gate.Task);
        await silo.Journal.Seen("holding");
        using var impatient = new CancellationTokenSource();
        var stopping = silo.StopAsync(impatient.Token);
        impatient.Cancel();
        await stopping;
        Assert.False(running.IsCompleted);
        _gate.SetResult();
        await running;
    }

    [Fact]
    public async Task Call_AfterStop_IsRejected()
    {
        await using var silo = await Start();
        var grain = Life(silo);
        await grain.Instance();
        await silo.StopAsync();
        await Assert.ThrowsAsync<SiloUnavailableException>(grain.Instance);
    }
}
