using LeadEngine.Storage.Sqlite;
using LeadEngine.Storage.Tests.Contract;

namespace LeadEngine.Storage.Tests.Sqlite;

public sealed class SqliteUnitTests() : UnitContract(new SqliteTestDatabase());

public sealed class SqliteScoreTests() : ScoreContract(new SqliteTestDatabase());

public sealed class SqliteCreditTests() : CreditContract(new SqliteTestDatabase());

public sealed class SqliteTaskTests() : TaskContract(new SqliteTestDatabase());

public sealed class SqliteChangeTests() : ChangeContract(new SqliteTestDatabase());

public sealed class SqliteIdempotencyTests() : IdempotencyContract(new SqliteTestDatabase());

public sealed class SqliteFenceTests() : FenceContract(new SqliteTestDatabase());

public sealed class SqliteReadTests() : ReadContract(new SqliteTestDatabase());

public sealed class SqliteStateTests() : StateContract(new SqliteTestDatabase());

public sealed class SqliteMigrationTests() : MigrationContract(new SqliteTestDatabase());

public sealed class SqliteGatheredTests() : GatheredContract(new SqliteTestDatabase());

public sealed class SqliteIdentificationTests() : IdentificationContract(new SqliteTestDatabase());

public sealed class SqliteLinkingTests() : LinkingContract(new SqliteTestDatabase());

public sealed class SqliteRelinkingTests() : RelinkingContract(new SqliteTestDatabase());

public sealed class SqliteRemovalTests() : RemovalContract(new SqliteTestDatabase());

public sealed class SqlitePostingTests() : PostingContract(new SqliteTestDatabase());

public sealed class SqliteMemberTests() : MemberContract(new SqliteTestDatabase());

public sealed class SqliteDirectoryTests() : DirectoryContract(new SqliteTestDatabase());

public sealed class SqliteSearchTests() : SearchContract(new SqliteTestDatabase());

public sealed class SqliteDoNotContactTests() : DoNotContactContract(new SqliteTestDatabase());

public sealed class SqliteLinkTests() : LinkContract(new SqliteTestDatabase());

public sealed class SqliteSubscriptionTests() : SubscriptionContract(new SqliteTestDatabase());

public sealed class SqliteDeliveryTests() : DeliveryContract(new SqliteTestDatabase());

public sealed class SqliteDropTests() : DropContract(new SqliteTestDatabase());

public sealed class SqliteEventTests() : EventContract(new SqliteTestDatabase());

public sealed class SqliteDeletionTests() : DeletionContract(new SqliteTestDatabase())
{
    private protected override Task Run(string sql) => ((SqliteDriver)Driver).Scalar(sql);
}

/// <summary>A file of its own in a folder of its own.</summary>
public sealed class SqliteTestDatabase : TestDatabase
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leads-");

    public string Path => System.IO.Path.Combine(_folder.FullName, "leads.db");

    private protected override IStoreDriver CreateDriver(StoreOptions options)
    {
        options.ConnectionString = $"Data Source={Path}";
        return new SqliteDriver(options, TimeProvider.System, ownsFile: false);
    }

    private protected override ValueTask Drop()
    {
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}
