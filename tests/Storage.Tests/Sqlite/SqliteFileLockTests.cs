using LeadEngine.Storage.Sqlite;
using LeadEngine.Storage.Tests.Gathering;

namespace LeadEngine.Storage.Tests.Sqlite;

public sealed class SqliteFileLockTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("leads-");
    private readonly ManualTimeProvider _clock = new();
    private readonly TestLoop _loop = new();

    private string Path => System.IO.Path.Combine(_folder.FullName, "leads.db");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Take_OwnerStays_RefusesAfterFiveSeconds()
    {
        using var owner = await Take();
        var second = Take();

        Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(second.IsCompleted);
        Advance(TimeSpan.FromSeconds(0.1));

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => second);
        Assert.Contains("in use by another process", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(Path, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Take_OwnerIsJustLeaving_Waits()
    {
        var owner = await Take();
        var second = Take();
        Advance(TimeSpan.FromSeconds(3));
        owner.Dispose();

        Advance(TimeSpan.FromSeconds(0.1));

        using var taken = await second;
        Assert.NotNull(taken);
    }

    [Fact]
    public async Task Take_FileLeftByAKilledOwner_IsFree()
    {
        await File.WriteAllTextAsync(Path + ".lock", "");

        using var taken = await Take();

        Assert.NotNull(taken);
    }

    [Fact]
    public async Task Open_FileOfAnotherDriver_Refuses()
    {
        var options = new StoreOptions { ConnectionString = $"Data Source={Path}" };
        await using var owner = new SqliteDriver(options, TimeProvider.System);
        await owner.Open(default);
        await using var second = new SqliteDriver(options, _clock);

        var open = _loop.Run(() => second.Open(default));
        Advance(TimeSpan.FromSeconds(5));

        await Assert.ThrowsAsync<InvalidOperationException>(() => open);
    }

    private Task<SqliteFileLock> Take() => _loop.Run(() => SqliteFileLock.Take(Path, _clock, default));

    private void Advance(TimeSpan by) => _clock.Advance(by, () => _loop.Run(() => true));
}
