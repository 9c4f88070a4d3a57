using LeadEngine.ApiHost.Leads;
using LeadEngine.Leads;
using LeadEngine.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans.TestingHost;

namespace LeadEngine.Cluster.Tests.Engine;

/// <summary>A silo with an API host beside it, as far as that one calls the engine.</summary>
internal sealed class Node(InProcessSiloHandle silo) : IAsyncDisposable
{
    // As long as a host waits: see HttpOptions.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly LeadCalls _calls = new(
        silo.ServiceProvider.GetRequiredService<IGrainFactory>(),
        new EngineCalls(TimeProvider.System, Random.Shared),
        NullLogger<LeadCalls>.Instance);

    private readonly CancellationTokenSource _gone = new();

    public InProcessSiloHandle Silo => silo;

    public SiloAddress Address => silo.SiloAddress;

    public IGrainFactory Grains { get; } = silo.ServiceProvider.GetRequiredService<IGrainFactory>();

    public ILeadStore Store { get; } = silo.ServiceProvider.GetRequiredService<ILeadStore>();

    /// <summary>Whoever waits for an answer of this node waits in vain.</summary>
    public Task Cut() => _gone.CancelAsync();

    /// <exception cref="OperationCanceledException">The node is gone.</exception>
    public Task<LeadReply> Upsert(UpsertLead command) =>
        _calls.Upsert(command, new Deadline(TimeProvider.System, TimeProvider.System.GetTimestamp(), Deadline)).WaitAsync(_gone.Token);

    public async ValueTask DisposeAsync()
    {
        _gone.Dispose();
        await silo.DisposeAsync();
    }
}
