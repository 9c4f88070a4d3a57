using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.Leads;
using LeadEngine.Storage.Gathering;
using LeadEngine.Storage.Telemetry;
using LeadEngine.Webhooks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace LeadEngine.Storage;

/// <summary>Gathers what waits into few transactions and reads of its driver, and tries again what is safe to try again.</summary>
/// <remarks>It opens the database when the host starts it, so it has to be registered before what writes to it.</remarks>
internal sealed class LeadStore : ILeadStore, IHostedService, IAsyncDisposable
{
    private const int ReadBatch = 500;
    private const int ForgetBatch = 1_000;

    private readonly IStoreDriver _driver;
    private readonly TimeProvider _clock;
    private readonly StoreOptions _options;
    private readonly Gatherer<IPending> _writer;
    private readonly Gatherer<Pending<long, StoredLead?>> _reader;
    private readonly Gatherer<Pending<IdentifierKey, long?>> _finder;
    private readonly PatientCaller _caller;
    private bool _disposed;

    public LeadStore(
        IStoreDriver driver,
        IOptions<StoreOptions> options,
        TimeProvider clock,
        StoreMetrics metrics,
        ILogger<LeadStore> logger,
        Random? random = null)
    {
        (_driver, _clock, _options) = (driver, clock, options.Value);
        var jitter = random ?? Random.Shared;
        var limits = new GathererLimits(_options.QueueLength, _options.BatchSize, _options.Patience);
        var readLimits = limits with { BatchSize = ReadBatch };
        _writer = Gather(limits, new WriteTarget(driver, clock), metrics.Commits, StoreOperations.Commit);
        _reader = Gather(readLimits, new ReadTarget<long, StoredLead?>(driver.Read), metrics.LeadReads, StoreOperations.Read);
        _finder = Gather(readLimits, new ReadTarget<IdentifierKey, long?>(driver.Find), metrics.IdentifierReads, StoreOperations.Find);
        _caller = new(_options.Patience, clock, jitter, metrics.RetriesOf(StoreOperations.Call));

        Gatherer<TItem> Gather<TItem>(GathererLimits most, IBatchTarget<TItem> target, BatchMetrics batches, string operation)
            where TItem : class, IPending =>
            new(most, new MeasuredTarget<TItem>(target, batches, clock), clock, jitter, metrics.RetriesOf(operation), logger);
    }

    /// <summary>How much waits, by operation.</summary>
    public IEnumerable<(string Operation, long Length)> QueueLengths =>
        [(StoreOperations.Commit, _writer.Length), (StoreOperations.Read, _reader.Length), (StoreOperations.Find, _finder.Length)];

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await _driver.Open(cancellationToken);
        if (_options.Exclusive) await EndLeases();
        _writer.Start();
        _reader.Start();
        _finder.Start();
    }

    // Who took anything was the owner before, and is gone.
    private async Task EndLeases()
    {
        var now = _clock.GetUtcNow();
        await _caller.Repeat(cancel => _driver.Tasks.EndLeases(now, cancel));
        await _caller.Repeat(cancel => _driver.Webhooks.EndLeases(now, now + TakeDeliveries.MaxLease, cancel));
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(_writer.Stop(cancellationToken), _reader.Stop(cancellationToken), _finder.Stop(cancellationToken));

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await _writer.DisposeAsync();
        await _reader.DisposeAsync();
        await _finder.DisposeAsync();
        await _driver.DisposeAsync();
    }

    public Task<UnitReply> Commit(CampaignUnit unit)
    {
        var item = WriteTarget.Unit(unit);
        _writer.Join(item);
        return item.Task;
    }

    public Task<LeadChangeReply> Write(LeadChange change)
    {
        var item = WriteTarget.Change(change);
        _writer.Join(item);
        return item.Task;
    }

    public Task SaveAnswer(string key, StoredAnswer answer)
    {
        var item = WriteTarget.Answer(new(key, answer));
        _writer.Join(item);
        return item.Task;
    }

    public Task<StoredLead?> Read(long leadId)
    {
        var item = new Pending<long, StoredLead?>(leadId, size: 1);
        _reader.Join(item);
        return item.Task;
    }

    public Task<long?> Find(IdentifierKey identifier)
    {
        var item = new Pending<IdentifierKey, long?>(identifier, size: 1);
        _finder.Join(item);
        return item.Task;
    }

    public Task<long> NextId() => _caller.Repeat(_driver.NextId);

    public Task CreateCampaign(long campaignId, long accountId) =>
        _caller.Repeat(cancel => _driver.CreateCampaign(campaignId, accountId, cancel));

    public Task<CampaignTenure?> TakeOver(long campaignId) => _caller.Repeat(cancel => _driver.TakeOver(campaignId, cancel));

    // A try that lands after the next one would undo what came in between: so when one is in doubt, its epoch has to end first.
    public Task<bool> SetStatus(long campaignId, long epoch, CampaignStatus status) =>
        _caller.RepeatWhileBusy(cancel => _driver.SetStatus(campaignId, epoch, status, cancel));

    public Task<ImmutableArray<Lead>> List(long campaignId, long afterRank, int limit) =>
        _caller.Repeat(cancel => _driver.List(campaignId, afterRank, limit, cancel));

    public Task<ImmutableArray<Lead>> ListPosted(long campaignId, PostingStrategy strategy, PostingPlace? after, int limit) =>
        _caller.Repeat(cancel => _driver.ListPosted(campaignId, strategy, after, limit, cancel));

    public Task<StoredAnswer?> ReadAnswer(string key) =>
        _caller.Repeat(cancel => _driver.ReadAnswer(key, _clock.GetUtcNow() - _options.IdempotencyAge, cancel));

    public Task<int> ForgetOldAnswers() =>
        _caller.Repeat(cancel => _driver.ForgetAnswers(_clock.GetUtcNow() - _options.IdempotencyAge, ForgetBatch, cancel));

    public Task<byte[]> InstallationSecret(string name) => _caller.Repeat(cancel => _driver.InstallationSecret(name, cancel));

    public Task<GrainStateRow?> ReadState(string stateName, string grainKey) =>
        _caller.Repeat(cancel => _driver.ReadState(stateName, grainKey, cancel));

    // A second try of a write that did take effect would find its own etag and call it another's.
    public Task<string?> WriteState(string stateName, string grainKey, string json, string? expectedEtag) =>
        _caller.RepeatWhileBusy(cancel => _driver.WriteState(stateName, grainKey, json, expectedEtag, cancel));

    public Task<int> ForgetOldStates(string stateName) =>
        _caller.Repeat(cancel => _driver.ForgetStates(stateName, _clock.GetUtcNow(), ForgetBatch, cancel));

    public Task Ping() => _driver.Ping(CancellationToken.None);
}
