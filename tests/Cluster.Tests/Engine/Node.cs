using System.Collections.Concurrent;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Leads;
using LeadEngine.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.TestingHost;

namespace LeadEngine.Cluster.Tests.Engine;

/// <summary>A silo with an API host beside it, as far as that one calls the engine.</summary>
internal sealed class Node : IAsyncDisposable
{
    // As long as a host waits: see HttpOptions.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<Task, bool> _inside = new();
    private readonly CancellationTokenSource _gone = new();
    private readonly LeadCalls _calls;

    public Node(InProcessSiloHandle silo)
    {
        Silo = silo;
        Grains = silo.ServiceProvider.GetRequiredService<IGrainFactory>();
        Store = silo.ServiceProvider.GetRequiredService<ILeadStore>();
        _calls = new(Grains, new EngineCalls(TimeProvider.System, Random.Shared), NullLogger<LeadCalls>.Instance);
        silo.ServiceProvider.GetRequiredService<IHostApplicationLifetime>().ApplicationStopped.Register(_gone.Cancel);
    }

    public InProcessSiloHandle Silo { get; }

    public SiloAddress Address => Silo.SiloAddress;

    public IGrainFactory Grains { get; }

    public ILeadStore Store { get; }

    /// <exception cref="OperationCanceledException">The node is gone.</exception>
    public async Task<LeadReply> Upsert(UpsertLead command)
    {
        var deadline = new Deadline(TimeProvider.System, TimeProvider.System.GetTimestamp(), Deadline);
        var call = _calls.Upsert(command, deadline).WaitAsync(_gone.Token);
        _inside[call] = true;
        try
        {
            return await call;
        }
        finally
        {
            _inside.TryRemove(call, out _);
        }
    }

    /// <summary>Waits until all are answered who were let in.</summary>
    public async Task Drain() => await Task.WhenAll(_inside.Keys).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

    /// <summary>Whoever waits for an answer of this node waits in vain.</summary>
    public Task Cut() => _gone.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await Silo.DisposeAsync();
        _gone.Dispose();
    }
}
