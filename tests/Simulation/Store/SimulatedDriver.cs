using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.Leads;
using LeadEngine.Simulation.Engine;
using LeadEngine.Storage;

namespace LeadEngine.Simulation.Store;

/// <summary>One process's way to the database. Each call takes time, takes effect at some moment of it, and may meet a fault.</summary>
internal sealed partial class SimulatedDriver(int process, World world, Outside outside) : IStoreDriver
{
    private SimulatedDatabase Database => outside.Database;

    public Task Open(CancellationToken cancel) => Task.CompletedTask;

    public Task<BatchReply> Commit(WriteBatch batch, CancellationToken cancel) =>
        Write(
            $"commit of {batch.Units.Length} units, {batch.Changes.Length} changes, {batch.Answers.Length} answers",
            () =>
            {
                BatchRules.Check(batch);
                return Database.Commit(batch);
            },
            SizeOf(batch));

    public Task<StoredLead?[]> Read(IReadOnlyList<long> leadIds, CancellationToken cancel) => Read($"read of leads", () => Database.Read(leadIds));

    public Task<long?[]> Find(IReadOnlyList<IdentifierKey> identifiers, CancellationToken cancel) =>
        Read($"look-up of identifiers", () => Database.Find(identifiers));

    public Task<long> NextId(CancellationToken cancel) => Write($"next id", Database.NextId);

    public Task CreateCampaign(long campaignId, long accountId, CancellationToken cancel) => Write($"creation of campaign {campaignId}", () =>
    {
        Database.CreateCampaign(campaignId);
        return true;
    });

    public Task<CampaignTenure?> TakeOver(long campaignId, CancellationToken cancel) =>
        Write($"take-over of campaign {campaignId}", () => Database.TakeOver(campaignId));

    public Task<bool> SetStatus(long campaignId, long epoch, CampaignStatus status, CancellationToken cancel) =>
        Write($"epoch {epoch} sets campaign {campaignId} {status}", () => Database.SetStatus(campaignId, epoch, status));

    public Task<ImmutableArray<Lead>> List(long campaignId, long afterRank, int limit, CancellationToken cancel) =>
        Read($"list of campaign {campaignId}", () => Database.List(campaignId, afterRank, limit));

    public Task<ImmutableArray<Lead>> ListPosted(
        long campaignId, PostingStrategy strategy, PostingPlace? after, int limit, CancellationToken cancel) =>
        throw new NotImplementedException();

    public IDirectoryDriver Directory => throw new NotImplementedException();

    public ILinkDriver Links => throw new NotImplementedException();

    public Task<StoredAnswer?> ReadAnswer(string key, DateTimeOffset notBefore, CancellationToken cancel) =>
        Read($"answer under {key}", () => Database.ReadAnswer(key, notBefore));

    public Task<int> ForgetAnswers(DateTimeOffset before, int limit, CancellationToken cancel) =>
        Write($"old answers", () => Database.ForgetAnswers(before, limit));

    public Task<byte[]> InstallationSecret(string name, CancellationToken cancel) =>
        Write($"secret {name}", () => SimulatedDatabase.InstallationSecret(name));

    public Task<GrainStateRow?> ReadState(string stateName, string grainKey, CancellationToken cancel) =>
        Read($"state of {grainKey}", () => Database.ReadState(stateName, grainKey));

    public Task<string?> WriteState(string stateName, string grainKey, string json, string? expectedEtag, CancellationToken cancel) =>
        Write($"new state of {grainKey}", () => Database.WriteState(stateName, grainKey, json, expectedEtag));

    public Task Ping(CancellationToken cancel) => Read($"ping", () => true);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static int SizeOf(WriteBatch batch) => batch.Units.Length + batch.Changes.Length + batch.Answers.Length;
}
