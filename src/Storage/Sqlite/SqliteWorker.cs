using System.Collections.Concurrent;

namespace LeadEngine.Storage.Sqlite;

/// <summary>A thread of its own for one connection: SQLite's calls block, and pool threads are for those that do not.</summary>
internal sealed class SqliteWorker : IDisposable
{
    private readonly BlockingCollection<Action> _jobs;
    private readonly Thread _thread;

    public SqliteWorker(string name, int queueLength)
    {
        _jobs = new(queueLength);
        _thread = new(Work) { IsBackground = true, Name = name };
        _thread.Start();
    }

    /// <summary>Does the job after those before it; what may pass is told as <see cref="StoreBusyException"/>.</summary>
    public Task<T> Run<T>(Func<T> job)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        if (!TryAdd(() => Complete(done, job)))
        {
            done.SetException(new StoreBusyException("Too much waits for the database, or it is closed."));
        }
        return done.Task;
    }

    private static void Complete<T>(TaskCompletionSource<T> done, Func<T> job)
    {
        try
        {
            done.SetResult(job());
        }
        catch (SqliteFailureException failure) when (failure.IsPassing)
        {
            done.SetException(new StoreBusyException("The database is not available.", failure));
        }
        catch (Exception fault)
        {
            done.SetException(fault);
        }
    }

    private bool TryAdd(Action job)
    {
        try
        {
            return _jobs.TryAdd(job);
        }
        catch (InvalidOperationException)
        {
            // Nothing is added any more: the driver is being disposed, or has been.
            return false;
        }
    }

    private void Work()
    {
        foreach (var job in _jobs.GetConsumingEnumerable()) job();
    }

    /// <summary>Does what was asked for before, then ends the thread.</summary>
    public void Dispose()
    {
        _jobs.CompleteAdding();
        _thread.Join();
        _jobs.Dispose();
    }
}
