namespace LeadEngine.Storage.Sqlite;

/// <summary>Keeps a second process off the database: the operating system lets go of it however this one ends.</summary>
internal sealed class SqliteFileLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream _file;

    private SqliteFileLock(FileStream file) => _file = file;

    /// <summary>Waits for an owner that is just leaving.</summary>
    /// <exception cref="InvalidOperationException">The database has another owner, who stays.</exception>
    public static async Task<SqliteFileLock> Take(string databasePath, TimeProvider clock, CancellationToken cancel)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            try
            {
                return new(new(databasePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            }
            catch (IOException) when (clock.GetElapsedTime(start) < Patience)
            {
                await Task.Delay(Pause, clock, cancel);
            }
            catch (IOException taken)
            {
                throw new InvalidOperationException(
                    $"The store {databasePath} is in use by another process. "
                    + "Stop that one first, or choose another file with Storage:ConnectionString.",
                    taken);
            }
        }
    }

    public void Dispose() => _file.Dispose();
}
