namespace LeadEngine.Storage.Sqlite;

/// <summary>
/// Copies the log into the database on a connection of its own. The writer would stand still for tens of milliseconds if it did that
/// itself, and everybody with it. It only copies what it appended meanwhile, which is little; then the log begins anew.
/// </summary>
/// <param name="session">The connection of its own.</param>
/// <param name="writeSession">The writer's connection.</param>
/// <param name="writer">The writer's thread.</param>
/// <param name="pages">So many pages of 4 KiB make a checkpoint: the more, the more changes of one page are copied once.</param>
internal sealed class SqliteCheckpoints(SqliteSession session, SqliteSession writeSession, SqliteWorker writer, int pages) : IDisposable
{
    private const int FewPages = 500;
    private const int MaxPasses = 4;

    private readonly SqliteWorker _worker = new("leads-checkpoints", queueLength: 1);
    private int _pages;
    private volatile bool _running;

    /// <summary>Called by the writer's thread between transactions, which does not wait for the end of it.</summary>
    public Task BeginIfDue()
    {
        _pages += writeSession.TakePagesWritten();
        if (_running || _pages < pages) return Task.CompletedTask;
        (_pages, _running) = (0, true);
        return Run();
    }

    private async Task Run()
    {
        try
        {
            await _worker.Run(CatchUp);
            await writer.Run(writeSession.Checkpoint);
        }
        catch (Exception failure) when (failure is SqliteFailureException or StoreBusyException)
        {
            // Tried again when as many pages have come again; if that fails too, the writer makes the checkpoint in the end, and tells
            // those whom the same failure hits.
        }
        finally
        {
            _running = false;
        }
    }

    private int CatchUp()
    {
        var copied = session.Checkpoint();
        for (var passes = 1; passes < MaxPasses; passes++)
        {
            var before = copied;
            copied = session.Checkpoint();
            if (copied - before < FewPages) break;
        }
        return copied;
    }

    /// <summary>Ends the one that runs first.</summary>
    public void Dispose()
    {
        _worker.Dispose();
        session.Dispose();
    }
}
