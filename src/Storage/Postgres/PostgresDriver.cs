using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.Leads;
using LeadEngine.Storage.Gathering;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>A PostgreSQL database: one connection for batches, a small pool for all else.</summary>
internal sealed class PostgresDriver : IStoreDriver
{
    private const int Tries = 4;
    private static readonly TimeSpan OpenPatience = TimeSpan.FromSeconds(5);

    // A process that starts waits that long for one that is just leaving.
    private static readonly TimeSpan LeasePatience = TimeSpan.FromSeconds(5);

    private readonly StoreOptions _options;
    private readonly TimeProvider _clock;
    private readonly NpgsqlDataSource _source;
    private readonly StoreLease? _lease;
    private readonly PostgresPool _pool;
    private readonly PostgresWriter _writer;
    private readonly CampaignTable _campaigns;
    private readonly LeadTable _leads;
    private readonly IdempotencyTable _answers;
    private readonly StateTable _states;
    private readonly PostingTable _posting;
    private bool _disposed;

    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">There is no usable connection string.</exception>
    public PostgresDriver(StoreOptions options, TimeProvider clock, ILogger<PostgresDriver> logger)
    {
        (_options, _clock) = (options, clock);
        _source = PostgresSettings.CreateDataSource(options.ConnectionString, options.StatementTimeout);
        if (options.Exclusive)
        {
            _lease = new(PostgresSettings.CreateDataSource(options.ConnectionString, LeasePatience, pooling: false), clock, logger);
        }
        _pool = new(_source, new(_source, options.StatementTimeout, logger), _lease);
        _writer = new(_pool, clock);
        (_campaigns, _leads, _answers, _states, _posting) = (new(_pool), new(_pool), new(_pool), new(_pool), new(_pool));
        Directory = new PostgresDirectory(_pool, options.PeopleToScan);
        Links = new LinkTable(_pool, clock);
        Tasks = new TaskTable(_pool);
        Webhooks = new PostgresWebhooks(_pool);
    }

    public async Task Open(CancellationToken cancel)
    {
        var patient = new PatientCaller(OpenPatience, _clock, Random.Shared);
        if (_lease is not null) await patient.Repeat(_ => _lease.Take(cancel));
        await patient.Repeat(_ => Migrate(cancel));
    }

    public async Task<BatchReply> Commit(WriteBatch batch, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var commit = new CommitTrip(batch, _options.IdempotencyAge, isRepeat: attempt > 1);
            try
            {
                if (!commit.Trip.IsEmpty) await _writer.Write(commit.Trip, cancel);
                return commit.ToReply();
            }
            catch (Exception failure) when (attempt < Tries && PostgresFailure.WasOvertaken(failure))
            {
                // Whoever was in the way is through, so there is nothing to wait for.
            }
        }
    }

    public Task<StoredLead?[]> Read(IReadOnlyList<long> leadIds, CancellationToken cancel) => _leads.Read(leadIds, cancel);

    public Task<long?[]> Find(IReadOnlyList<IdentifierKey> identifiers, CancellationToken cancel) => _leads.Find(identifiers, cancel);

    public Task<long> NextId(CancellationToken cancel) => _states.NextId(cancel);

    public Task CreateCampaign(long campaignId, long accountId, CancellationToken cancel) =>
        _campaigns.Add(campaignId, accountId, cancel);

    public Task<CampaignTenure?> TakeOver(long campaignId, CancellationToken cancel) => _campaigns.TakeOver(campaignId, cancel);

    public Task<bool> SetStatus(long campaignId, long epoch, CampaignStatus status, CancellationToken cancel) =>
        _campaigns.SetStatus(campaignId, epoch, status, cancel);

    public Task<ImmutableArray<Lead>> List(long campaignId, long afterRank, int limit, CancellationToken cancel) =>
        _leads.List(campaignId, afterRank, limit, cancel);

    public Task<ImmutableArray<Lead>> ListPosted(
        long campaignId, PostingStrategy strategy, PostingPlace? after, int limit, CancellationToken cancel) =>
        strategy is PostingStrategy.AsReceived
            ? _leads.List(campaignId, after?.Rank ?? 0, limit, cancel)
            : _posting.List(campaignId, strategy is PostingStrategy.LatestFirst, after, limit, cancel);

    public IDirectoryDriver Directory { get; }

    public ILinkDriver Links { get; }

    public ITaskDriver Tasks { get; }

    public IWebhookDriver Webhooks { get; }

    public Task<StoredAnswer?> ReadAnswer(string key, DateTimeOffset notBefore, CancellationToken cancel) =>
        _answers.Read(key, notBefore, cancel);

    public Task<int> ForgetAnswers(DateTimeOffset before, int limit, CancellationToken cancel) => _answers.Forget(before, limit, cancel);

    public Task<byte[]> InstallationSecret(string name, CancellationToken cancel) => _states.Secret(name, cancel);

    public Task<GrainStateRow?> ReadState(string stateName, string grainKey, CancellationToken cancel) =>
        _states.Read(stateName, grainKey, cancel);

    public Task<string?> WriteState(string stateName, string grainKey, string json, string? expectedEtag, CancellationToken cancel) =>
        _states.Write(stateName, grainKey, json, expectedEtag, cancel);

    public Task<int> ForgetStates(string stateName, DateTimeOffset before, int limit, CancellationToken cancel) =>
        _states.Forget(stateName, before, limit, cancel);

    public async Task Ping(CancellationToken cancel)
    {
        _lease?.Demand();
        await _pool.Read("select 1", row => row.GetInt32(0), cancel);
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed) return;
        _disposed = true;
        await _writer.DisposeAsync();
        if (_lease is not null) await _lease.DisposeAsync();
        await _source.DisposeAsync();
    }

    private async Task Migrate(CancellationToken cancel)
    {
        await using var connection = await _pool.Connect(cancel);
        try
        {
            await PostgresSchema.Migrate(connection, cancel);
        }
        catch (Exception failure) when (PostgresFailure.OfRead(failure) is { } meaning)
        {
            throw meaning;
        }
    }
}
