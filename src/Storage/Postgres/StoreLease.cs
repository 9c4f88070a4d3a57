using Microsoft.Extensions.Logging;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>
/// Makes one process the owner of the database: an advisory lock, held by a connection that does nothing else. When the connection is lost
/// so is the lock, and nothing may be written until it was taken again.
/// </summary>
/// <param name="source">
/// Gives connections whose time-out is how long to wait for the lock, and that are really closed: that is what lets go of it.
/// </param>
/// <param name="clock">The time.</param>
/// <param name="logger">Told when the lock is lost and when it is back.</param>
internal sealed partial class StoreLease(NpgsqlDataSource source, TimeProvider clock, ILogger logger) : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private static readonly string Lock = $"select pg_advisory_lock({AdvisoryLocks.Group}, {AdvisoryLocks.Owner})";

    private readonly CancellationTokenSource _end = new();
    private Task _watch = Task.CompletedTask;
    private volatile bool _isHeld;

    /// <exception cref="InvalidOperationException">Another process has the lock and keeps it.</exception>
    public async Task Take(CancellationToken cancel)
    {
        var connection = await Connect(cancel);
        _isHeld = true;
        _watch = Watch(connection);
    }

    /// <exception cref="StoreBusyException">The lock is lost.</exception>
    public void Demand()
    {
        if (!_isHeld) throw new StoreBusyException("The lock on the database is lost. Nothing is written until it was taken again.");
    }

    private async Task Watch(NpgsqlConnection? connection)
    {
        while (connection is not null)
        {
            await using (connection) await AwaitLoss(connection);
            _isHeld = false;
            connection = await TakeAgain();
            _isHeld = connection is not null;
        }
    }

    private async Task AwaitLoss(NpgsqlConnection connection)
    {
        try
        {
            while (true) await connection.WaitAsync(_end.Token);
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // The store is closed: the connection goes, and the lock with it.
        }
        catch (Exception lost) when (PostgresFailure.IsFailure(lost))
        {
            LogLost(lost);
        }
    }

    private async Task<NpgsqlConnection?> TakeAgain()
    {
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var connection = await Connect(_end.Token);
                LogTaken();
                return connection;
            }
            catch (Exception failure) when (failure is StoreBusyException or InvalidOperationException)
            {
                LogNotTaken(failure);
            }
            catch (OperationCanceledException) when (_end.IsCancellationRequested)
            {
                return null;
            }
            await Task.Delay(Pause, clock, _end.Token)
                .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
        }
        return null;
    }

    private async Task<NpgsqlConnection> Connect(CancellationToken cancel)
    {
        NpgsqlConnection? connection = null;
        try
        {
            connection = await source.OpenConnectionAsync(cancel);
            await using var command = new NpgsqlCommand(Lock, connection);
            await command.ExecuteNonQueryAsync(cancel);
            return connection;
        }
        catch (Exception failure)
        {
            if (connection is not null) await connection.DisposeAsync();
            if (PostgresFailure.IsTimeout(failure))
            {
                throw new InvalidOperationException(
                    "The store is in use by another process. Stop that one, or choose another database with Storage:ConnectionString.",
                    failure);
            }
            if (PostgresFailure.WhileConnecting(failure) is { } meaning) throw meaning;
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watch;
        _end.Dispose();
        await source.DisposeAsync();
    }

    [LoggerMessage(LogLevel.Error, "The lock on the database is lost. Nothing is written until it was taken again.")]
    private partial void LogLost(Exception lost);

    [LoggerMessage(LogLevel.Warning, "The lock on the database could not be taken again.")]
    private partial void LogNotTaken(Exception failure);

    [LoggerMessage(LogLevel.Information, "The lock on the database was taken again.")]
    private partial void LogTaken();
}
