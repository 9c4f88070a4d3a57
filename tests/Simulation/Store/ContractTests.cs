using LeadEngine.Storage;
using LeadEngine.Storage.Tests.Contract;

namespace LeadEngine.Simulation.Store;

/// <summary>The simulated database keeps what every store keeps.</summary>
public sealed class SimulatedUnitTests() : UnitContract(new SimulatedTestDatabase());

public sealed class SimulatedChangeTests() : ChangeContract(new SimulatedTestDatabase());

public sealed class SimulatedScoreTests() : ScoreContract(new SimulatedTestDatabase());

public sealed class SimulatedCreditTests() : CreditContract(new SimulatedTestDatabase());

public sealed class SimulatedTaskTests() : TaskContract(new SimulatedTestDatabase());

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

public sealed class SimulatedSubscriptionTests() : SubscriptionContract(new SimulatedTestDatabase());

public sealed class SimulatedDeliveryTests() : DeliveryContract(new SimulatedTestDatabase());

public sealed class SimulatedDropTests() : DropContract(new SimulatedTestDatabase());

public sealed class SimulatedEventTests() : EventContract(new SimulatedTestDatabase());

internal sealed class SimulatedTestDatabase : TestDatabase
{
    private readonly PromptWay _way = new();
    private readonly SimulatedDatabase _database = new(TimeProvider.System, DefaultOptions.IdempotencyAge);

    private protected override IStoreDriver CreateDriver(StoreOptions options) => new SimulatedDriver(_way, _database);

    private protected override ValueTask Drop() => ValueTask.CompletedTask;
}
