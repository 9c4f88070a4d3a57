using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.Leads;
using LeadEngine.Storage.Gathering;

namespace LeadEngine.Storage.Sqlite;

/// <summary>A SQLite file: one connection and thread that writes, one that reads, one that looks for people, which may take
/// longer, and one that makes checkpoints beside it.</summary>
/// <param name="options">Where the file is, and how long to wait for a lock.</param>
/// <param name="clock">The time.</param>
/// <param name="ownsFile">False lets several drivers share the file, as tests of the fences do.</param>
internal sealed class SqliteDriver(StoreOptions options, TimeProvider clock, bool ownsFile = true) : IStoreDriver
{
    private static readonly TimeSpan OpenPatience = TimeSpan.FromSeconds(5);

    private readonly string _path = SqlitePath.From(options.ConnectionString);
    private readonly SqliteWorker _writer = new("leads-writer", options.QueueLength);
    private readonly SqliteWorker _reader = new("leads-reader", options.QueueLength);
    private readonly SqliteWorker _browser = new("leads-browser", options.QueueLength);
    private bool _disposed;
    private SqliteFileLock? _fileLock;
    private SqliteSession? _writeSession;
    private SqliteSession? _readSession;
    private SqliteSession? _browseSession;
    private SqliteCheckpoints? _checkpoints;
    private SqliteTables? _writeTables;
    private SqliteTables? _readTables;
    private SqliteTables? _browseTables;

    public async Task Open(CancellationToken cancel)
    {
        System.IO.Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        if (ownsFile) _fileLock = await SqliteFileLock.Take(_path, clock, cancel);
        if (!File.Exists(_path)) CreateForOwnerOnly(_path);
        var patient = new PatientCaller(OpenPatience, clock, Random.Shared);
        _writeSession = await patient.Repeat(_ => _writer.Run(() => SqliteSettings.OpenWriter(_path, options.StatementTimeout, clock)));
        _readSession = await patient.Repeat(_ => _reader.Run(() => SqliteSettings.OpenReader(_path, options.StatementTimeout, clock)));
        _browseSession = await patient.Repeat(_ => _browser.Run(() => SqliteSettings.OpenReader(_path, options.StatementTimeout, clock)));
        var checkpointSession = SqliteSettings.OpenForCheckpoints(_path, options.StatementTimeout, clock);
        _checkpoints = new(checkpointSession, _writeSession, _writer, SqliteSettings.CheckpointPages);
        _writeTables = new(_writeSession);
        _readTables = new(_readSession);
        _browseTables = new(_browseSession);
    }

    // It holds people and secrets. SQLite gives the files that it puts beside it the same mode. (A file that SQLite has open must not be
    // touched: closing it here would end the locks of the whole process.)
    private static void CreateForOwnerOnly(string path)
    {
        if (OperatingSystem.IsWindows()) return;
        using var created = new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.OpenOrCreate,
            Access = FileAccess.Write,
            Share = FileShare.ReadWrite | FileShare.Delete,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
    }

    public Task<BatchReply> Commit(WriteBatch batch, CancellationToken cancel) =>
        Write(tables => new BatchWriter(tables, batch, options.IdempotencyAge).Write());

    public Task<StoredLead?[]> Read(IReadOnlyList<long> leadIds, CancellationToken cancel) => Read(tables =>
    {
        var leads = new StoredLead?[leadIds.Count];
        for (var i = 0; i < leads.Length; i++) leads[i] = tables.Leads.Read(leadIds[i]);
        return leads;
    });

    public Task<long?[]> Find(IReadOnlyList<IdentifierKey> identifiers, CancellationToken cancel) => Read(tables =>
    {
        var ids = new long?[identifiers.Count];
        for (var i = 0; i < ids.Length; i++) ids[i] = tables.Leads.Find(identifiers[i]);
        return ids;
    });

    public Task<long> NextId(CancellationToken cancel) => Write(tables =>
    {
        var next = tables.Sequences.Last(SequenceTable.AccountsAndCampaigns) + 1;
        tables.Sequences.SetLast(SequenceTable.AccountsAndCampaigns, next);
        return next;
    });

    public Task CreateCampaign(long campaignId, long accountId, CancellationToken cancel) => Write(tables =>
    {
        tables.Campaigns.Create(campaignId, accountId);
        return true;
    });

    public Task<CampaignTenure?> TakeOver(long campaignId, CancellationToken cancel) => Write(tables =>
    {
        tables.Campaigns.TakeEpoch(campaignId);
        return tables.Campaigns.Read(campaignId) is { } row
            ? new CampaignTenure(row.AccountId, row.Epoch, row.Status, row.LiveCount, tables.Scores.ReadAll(campaignId))
            : null;
    });

    public Task<bool> SetStatus(long campaignId, long epoch, CampaignStatus status, CancellationToken cancel) =>
        Write(tables => tables.Campaigns.SetStatus(campaignId, epoch, status));

    public Task<ImmutableArray<Lead>> List(long campaignId, long afterRank, int limit, CancellationToken cancel) =>
        Read(tables => tables.Leads.List(campaignId, afterRank, limit));

    public Task<ImmutableArray<Lead>> ListPosted(
        long campaignId, PostingStrategy strategy, PostingPlace? after, int limit, CancellationToken cancel) =>
        Browse(tables => tables.Posting.List(campaignId, strategy, after, limit));

    public IDirectoryDriver Directory => field ??= new SqliteDirectory(this, options.PeopleToScan);

    public ILinkDriver Links => field ??= new SqliteLinks(this, clock);

    public IWebhookDriver Webhooks => field ??= new SqliteWebhooks(this);

    public ITaskDriver Tasks => field ??= new SqliteTasks(this);

    public Task<StoredAnswer?> ReadAnswer(string key, DateTimeOffset notBefore, CancellationToken cancel) =>
        Read(tables => tables.Idempotency.Read(key, notBefore));

    public Task<int> ForgetAnswers(DateTimeOffset before, int limit, CancellationToken cancel) =>
        Write(tables => tables.Idempotency.Forget(before, limit));

    public Task<byte[]> InstallationSecret(string name, CancellationToken cancel) => Write(tables => tables.State.Secret(name));

    public Task<GrainStateRow?> ReadState(string stateName, string grainKey, CancellationToken cancel) =>
        Read(tables => tables.State.Read(stateName, grainKey));

    public Task<string?> WriteState(string stateName, string grainKey, string json, string? expectedEtag, CancellationToken cancel) =>
        Write(tables => LeadStates.LeadOf(stateName, grainKey) is { } leadId && tables.Leads.Read(leadId) is null
            ? null
            : tables.State.Write(stateName, grainKey, json, expectedEtag));

    public Task<int> ForgetStates(string stateName, DateTimeOffset before, int limit, CancellationToken cancel) =>
        Write(tables => tables.State.Forget(stateName, before, limit));

    public Task Ping(CancellationToken cancel) => Read(tables => tables.Sequences.Last(SequenceTable.Leads));

    /// <summary>Runs plain SQL on the writing connection: for tests that look at its settings or tighten them.</summary>
    internal Task<string?> Scalar(string sql) => _writer.Run(() => _writeSession!.Scalar(sql));

    /// <summary>Runs a job in one transaction.</summary>
    internal Task<T> Write<T>(Func<SqliteTables, T> job) => _writer.Run(() =>
    {
        var result = _writeSession!.Write(() => job(_writeTables!));
        _ = _checkpoints!.BeginIfDue();
        return result;
    });

    /// <summary>Runs a short job on one snapshot.</summary>
    internal Task<T> Read<T>(Func<SqliteTables, T> job) => _reader.Run(() => _readSession!.Read(() => job(_readTables!)));

    /// <summary>Runs a job that may take its time on one snapshot.</summary>
    internal Task<T> Browse<T>(Func<SqliteTables, T> job) => _browser.Run(() => _browseSession!.Read(() => job(_browseTables!)));

    public ValueTask DisposeAsync()
    {
        if (_disposed) return ValueTask.CompletedTask;
        _disposed = true;
        _reader.Dispose();
        _browser.Dispose();
        _checkpoints?.Dispose();
        _writer.Dispose();
        _readSession?.Dispose();
        _browseSession?.Dispose();
        _writeSession?.Dispose();
        _fileLock?.Dispose();
        return ValueTask.CompletedTask;
    }
}
