using LeadEngine.Storage.Tests.Contract;

namespace LeadEngine.Storage.Tests.Postgres;

[NeedsPostgres]
public sealed class PostgresUnitTests() : UnitContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresScoreTests() : ScoreContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresCreditTests() : CreditContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresTaskTests() : TaskContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresChangeTests() : ChangeContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresIdempotencyTests() : IdempotencyContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresFenceTests() : FenceContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresReadTests() : ReadContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresStateTests() : StateContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresMigrationTests() : MigrationContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresGatheredTests() : GatheredContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresIdentificationTests() : IdentificationContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresLinkingTests() : LinkingContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresRelinkingTests() : RelinkingContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresRemovalTests() : RemovalContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresPostingTests() : PostingContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresMemberTests() : MemberContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresDirectoryTests() : DirectoryContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresSearchTests() : SearchContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresDoNotContactTests() : DoNotContactContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresLinkTests() : LinkContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresSubscriptionTests() : SubscriptionContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresDeliveryTests() : DeliveryContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresDropTests() : DropContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresEventTests() : EventContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresDeletionTests() : DeletionContract(new PostgresTestDatabase())
{
    private protected override async Task Run(string sql)
    {
        await using var other = await ((PostgresTestDatabase)Database).Watch();
        await other.Run(sql);
    }
}
