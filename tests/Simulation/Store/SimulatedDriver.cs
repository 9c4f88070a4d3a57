using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.Leads;
using LeadEngine.Storage;

namespace LeadEngine.Simulation.Store;

/// <summary>A driver to the simulated database.</summary>
internal sealed class SimulatedDriver(IWay way, SimulatedDatabase database) : IStoreDriver
{
    private readonly SimulatedDirectory _directory = new(way, database);

    public IDirectoryDriver Directory => _directory;

    public ILinkDriver Links => _directory;

    public ITaskDriver Tasks { get; } = new SimulatedTasks(way, database);

    public IWebhookDriver Webhooks { get; } = new SimulatedWebhooks(way, database);

    public Task Open(CancellationToken cancel) => Task.CompletedTask;

    public Task<BatchReply> Commit(WriteBatch batch, CancellationToken cancel) =>
        way.Write(
            $"commit of {batch.Units.Length} units, {batch.Changes.Length} changes, {batch.Answers.Length} answers",
            () =>
            {
                BatchRules.Check(batch);
                return database.Commit(batch);
            },
            SizeOf(batch));

    public Task<StoredLead?[]> Read(IReadOnlyList<long> leadIds, CancellationToken cancel) => way.Read($"read of leads", () => database.Read(leadIds));

    public Task<long?[]> Find(IReadOnlyList<IdentifierKey> identifiers, CancellationToken cancel) =>
        way.Read($"look-up of identifiers", () => database.Find(identifiers));

    public Task<long> NextId(CancellationToken cancel) => way.Write($"next id", database.NextId);

    public Task CreateCampaign(long campaignId, long accountId, CancellationToken cancel) =>
        way.Write($"creation of campaign {campaignId}", () => database.CreateCampaign(campaignId, accountId));

    public Task<CampaignTenure?> TakeOver(long campaignId, CancellationToken cancel) =>
        way.Write($"take-over of campaign {campaignId}", () => database.TakeOver(campaignId));

    public Task<bool> SetStatus(long campaignId, long epoch, CampaignStatus status, CancellationToken cancel) =>
        way.Write($"epoch {epoch} sets campaign {campaignId} {status}", () => database.SetStatus(campaignId, epoch, status));

    public Task<ImmutableArray<Lead>> List(long campaignId, long afterRank, int limit, CancellationToken cancel) =>
        way.Read($"list of campaign {campaignId}", () => database.List(campaignId, afterRank, limit));

    public Task<ImmutableArray<Lead>> ListPosted(
        long campaignId, PostingStrategy strategy, PostingPlace? after, int limit, CancellationToken cancel) =>
        way.Read($"posting order of campaign {campaignId}", () => database.ListPosted(campaignId, strategy, after, limit));

    public Task<StoredAnswer?> ReadAnswer(string key, DateTimeOffset notBefore, CancellationToken cancel) =>
        way.Read($"answer under {key}", () => database.ReadAnswer(key, notBefore));

    public Task<int> ForgetAnswers(DateTimeOffset before, int limit, CancellationToken cancel) =>
        way.Write($"old answers", () => database.ForgetAnswers(before, limit));

    public Task<byte[]> InstallationSecret(string name, CancellationToken cancel) =>
        way.Write($"secret {name}", () => SimulatedDatabase.InstallationSecret(name));

    public Task<GrainStateRow?> ReadState(string stateName, string grainKey, CancellationToken cancel) =>
        way.Read($"state of {grainKey}", () => database.ReadState(stateName, grainKey));

    public Task<string?> WriteState(string stateName, string grainKey, string json, string? expectedEtag, CancellationToken cancel) =>
        way.Write($"new state of {grainKey}", () => database.WriteState(stateName, grainKey, json, expectedEtag));

    public Task<int> ForgetStates(string stateName, DateTimeOffset before, int limit, CancellationToken cancel) =>
        way.Write($"old states of {stateName}", () => database.ForgetStates(stateName, before, limit));

    public Task Ping(CancellationToken cancel) => way.Read($"ping", () => true);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static int SizeOf(WriteBatch batch) => batch.Units.Length + batch.Changes.Length + batch.Answers.Length;
}
