namespace LeadEngine.Storage.Tests.Contract;

/// <summary>
/// A database of one test, empty at first, to which any number of drivers may connect as if each were a process of its own.
/// </summary>
public abstract class TestDatabase : IAsyncDisposable
{
    private readonly List<IStoreDriver> _drivers = [];

    internal static StoreOptions DefaultOptions => new() { StatementTimeout = TimeSpan.FromSeconds(4) };

    /// <summary>A driver that is not open yet.</summary>
    internal IStoreDriver NewDriver(StoreOptions? options = null)
    {
        var driver = CreateDriver(options ?? DefaultOptions);
        _drivers.Add(driver);
        return driver;
    }

    internal async Task<IStoreDriver> Connect(StoreOptions? options = null)
    {
        var driver = NewDriver(options);
        await driver.Open(CancellationToken.None);
        return driver;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var driver in _drivers) await driver.DisposeAsync();
        await Drop();
        GC.SuppressFinalize(this);
    }

    private protected abstract IStoreDriver CreateDriver(StoreOptions options);

    private protected abstract ValueTask Drop();
}
