using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.Leads;
using LeadEngine.Storage;
using LeadEngine.Storage.Tests.Contract;

namespace LeadEngine.Simulation.Store;

/// <summary>The simulated database keeps what every store keeps.</summary>
public sealed class SimulatedUnitTests() : UnitContract(new SimulatedTestDatabase());

public sealed class SimulatedChangeTests() : ChangeContract(new SimulatedTestDatabase());

public sealed class SimulatedScoreTests() : ScoreContract(new SimulatedTestDatabase());

public sealed class SimulatedFenceTests() : FenceContract(new SimulatedTestDatabase());

public sealed class SimulatedIdempotencyTests() : IdempotencyContract(new SimulatedTestDatabase());

public sealed class SimulatedReadTests() : ReadContract(new SimulatedTestDatabase());

public sealed class SimulatedStateTests() : StateContract(new SimulatedTestDatabase());

public sealed class SimulatedGatheredTests() : GatheredContract(new SimulatedTestDatabase());

public sealed class SimulatedIdentificationTests() : IdentificationContract(new SimulatedTestDatabase());

public sealed class SimulatedLinkingTests() : LinkingContract(new SimulatedTestDatabase());

public sealed class SimulatedRelinkingTests() : RelinkingContract(new SimulatedTestDatabase());

public sealed class SimulatedRemovalTests() : RemovalContract(new SimulatedTestDatabase());

public sealed class SimulatedPostingTests() : PostingContract(new SimulatedTestDatabase());

public sealed class SimulatedMemberTests() : MemberContract(new SimulatedTestDatabase());

public sealed class SimulatedDirectoryTests() : DirectoryContract(new SimulatedTestDatabase());

public sealed class SimulatedSearchTests() : SearchContract(new SimulatedTestDatabase());

public sealed class SimulatedDoNotContactTests() : DoNotContactContract(new SimulatedTestDatabase());

public sealed class SimulatedLinkTests() : LinkContract(new SimulatedTestDatabase());

internal sealed class SimulatedTestDatabase : TestDatabase
{
    private readonly SimulatedDatabase _database = new(TimeProvider.System, DefaultOptions.IdempotencyAge);

    private protected override IStoreDriver CreateDriver(StoreOptions options) => new PromptDriver(_database);

    private protected override ValueTask Drop() => ValueTask.CompletedTask;
}

/// <summary>A driver that answers at once, on any thread.</summary>
internal sealed class PromptDriver(SimulatedDatabase database) : IStoreDriver
{
    public Task Open(CancellationToken cancel) => Task.CompletedTask;

    public Task<BatchReply> Commit(WriteBatch batch, CancellationToken cancel) => Run(() => database.Commit(batch));

    public Task<StoredLead?[]> Read(IReadOnlyList<long> leadIds, CancellationToken cancel) => Run(() => database.Read(leadIds));

    public Task<long?[]> Find(IReadOnlyList<IdentifierKey> identifiers, CancellationToken cancel) => Run(() => database.Find(identifiers));

    public Task<long> NextId(CancellationToken cancel) => Run(database.NextId);

    public Task CreateCampaign(long campaignId, long accountId, CancellationToken cancel) => Run(() =>
    {
        database.CreateCampaign(campaignId);
        return true;
    });

    public Task<CampaignTenure?> TakeOver(long campaignId, CancellationToken cancel) => Run(() => database.TakeOver(campaignId));

    public Task<bool> SetStatus(long campaignId, long epoch, CampaignStatus status, CancellationToken cancel) =>
        Run(() => database.SetStatus(campaignId, epoch, status));

    public Task<ImmutableArray<Lead>> List(long campaignId, long afterRank, int limit, CancellationToken cancel) =>
        Run(() => database.List(campaignId, afterRank, limit));

    public Task<ImmutableArray<Lead>> ListPosted(
        long campaignId, PostingStrategy strategy, PostingPlace? after, int limit, CancellationToken cancel) =>
        throw new NotImplementedException();

    public IDirectoryDriver Directory => throw new NotImplementedException();

    public ILinkDriver Links => throw new NotImplementedException();

    public Task<StoredAnswer?> ReadAnswer(string key, DateTimeOffset notBefore, CancellationToken cancel) =>
        Run(() => database.ReadAnswer(key, notBefore));

    public Task<int> ForgetAnswers(DateTimeOffset before, int limit, CancellationToken cancel) =>
        Run(() => database.ForgetAnswers(before, limit));

    public Task<byte[]> InstallationSecret(string name, CancellationToken cancel) => Run(() => SimulatedDatabase.InstallationSecret(name));

    public Task<GrainStateRow?> ReadState(string stateName, string grainKey, CancellationToken cancel) =>
        Run(() => database.ReadState(stateName, grainKey));

    public Task<string?> WriteState(string stateName, string grainKey, string json, string? expectedEtag, CancellationToken cancel) =>
        Run(() => database.WriteState(stateName, grainKey, json, expectedEtag));

    public Task Ping(CancellationToken cancel) => Task.CompletedTask;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private Task<T> Run<T>(Func<T> transaction)
    {
        lock (database) return Task.FromResult(transaction());
    }
}
