using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace LeadEngine.Embedded.Tests.Runtime;

public sealed record Profile(string Name)
{
    public Profile()
        : this("nobody")
    {
    }
}

public interface IStatefulGrain : IGrainWithStringKey
{
    Task<string> OnActivation();

    Task Save(string name);

    Task Forget();

    Task SaveThrough(IStatefulGrain other);

    Task<int> Instance();
}

public interface IHomelessGrain : IGrainWithStringKey
{
    Task Hello();
}

internal sealed class StatefulGrain(
    [PersistentState("profile", "memory")] IPersistentState<Profile> profile,
    [PersistentState("other", "memory")] IPersistentState<Profile> other) : Grain, IStatefulGrain
{
    private static int _instances;
    private readonly int _instance = Interlocked.Increment(ref _instances);
    private string? _atActivation;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _atActivation = $"{profile.State.Name} {profile.RecordExists} {profile.Etag ?? "-"} {other.State.Name}";
        return Task.CompletedTask;
    }

    public Task<string> OnActivation() => Task.FromResult(_atActivation!);

    public async Task Save(string name)
    {
        profile.State = new(name);
        await profile.WriteStateAsync();
        DeactivateOnIdle();
    }

    public async Task Forget()
    {
        await profile.ClearStateAsync();
        DeactivateOnIdle();
    }

    public Task SaveThrough(IStatefulGrain target) => target.Save("conflict");

    public Task<int> Instance() => Task.FromResult(_instance);
}

internal sealed class HomelessGrain([PersistentState("profile", "nowhere")] IPersistentState<Profile> profile) : Grain, IHomelessGrain
{
    public Task Hello() => profile.ReadStateAsync();
}

internal sealed class MemoryStorage : IGrainStorage
{
    private readonly ConcurrentDictionary<string, (object State, int Version)> _records = new();

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        grainState.RecordExists = _records.TryGetValue($"{grainId}/{stateName}", out var record);
        if (grainState.RecordExists) (grainState.State, grainState.ETag) = ((T)record.State, $"{record.Version}");
        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (grainState.State is Profile { Name: "conflict" }) throw new InconsistentStateException("changed", "2", grainState.ETag);
        if (grainState.State is Profile { Name: "broken" }) throw new FormatException("disk full");
        var version = int.Parse(grainState.ETag ?? "0") + 1;
        _records[$"{grainId}/{stateName}"] = (grainState.State!, version);
        (grainState.ETag, grainState.RecordExists) = ($"{version}", true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _records.TryRemove($"{grainId}/{stateName}", out _);
        (grainState.ETag, grainState.RecordExists) = (null, false);
        return Task.CompletedTask;
    }
}

public sealed class PersistentStateTests
{
    private static Task<TestSilo> Start() =>
        TestSilo.StartAsync(services => services.AddKeyedSingleton<IGrainStorage, MemoryStorage>("memory"));

    [Fact]
    public async Task PersistentState_WrittenAndCleared_IsReadBeforeTheNextActivation()
    {
        await using var silo = await Start();
        var grain = silo.Get<IStatefulGrain>("a");
        Assert.Equal("nobody False - nobody", await grain.OnActivation());
        await grain.Save("Ada");
        Assert.Equal("Ada True 1 nobody", await grain.OnActivation());
        await grain.Save("Bob");
        Assert.Equal("Bob True 2 nobody", await grain.OnActivation());
        await grain.Forget();
        Assert.Equal("nobody False - nobody", await grain.OnActivation());
    }

    [Fact]
    public async Task InconsistentState_ThrownByARequest_DeactivatesThatGrainAlone()
    {
        await using var silo = await Start();
        var (caller, callee) = (silo.Get<IStatefulGrain>("caller"), silo.Get<IStatefulGrain>("callee"));
        var before = (await caller.Instance(), await callee.Instance());
        var error = await Assert.ThrowsAsync<InconsistentStateException>(() => caller.SaveThrough(callee));
        Assert.Equal("2", error.StoredEtag);
        Assert.Equal(before.Item1, await caller.Instance());
        Assert.NotEqual(before.Item2, await callee.Instance());
    }

    [Fact]
    public async Task Storage_Fails_CallerGetsAnOrleansExceptionAroundIt()
    {
        await using var silo = await Start();
        var error = await Assert.ThrowsAsync<OrleansException>(() => silo.Get<IStatefulGrain>("a").Save("broken"));
        Assert.IsType<FormatException>(error.InnerException);
    }

    [Fact]
    public async Task Storage_NotRegistered_CallerIsTold()
    {
        await using var silo = await Start();
        var error = await Assert.ThrowsAsync<OrleansConfigurationException>(() => silo.Get<IHomelessGrain>("a").Hello());
        Assert.Contains("nowhere", error.Message);
    }
}
