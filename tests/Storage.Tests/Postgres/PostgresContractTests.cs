using LeadEngine.Storage.Tests.Contract;

namespace LeadEngine.Storage.Tests.Postgres;

[NeedsPostgres]
public sealed class PostgresUnitTests() : UnitContract(new PostgresTestDatabase());

[NeedsPostgres]
public sealed class PostgresScoreTests() : ScoreContract(new PostgresTestDatabase());

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
public sealed class PostgresDeletionTests() : DeletionContract(new PostgresTestDatabase())
{
    private protected override async Task Run(string sql)
    {
        await using var other = await ((PostgresTestDatabase)Database).Watch();
        await other.Run(sql);
    }
}
