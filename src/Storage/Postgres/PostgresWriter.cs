using System.Data;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>The one connection that batches go through. It is kept, and replaced when it is lost.</summary>
internal sealed class PostgresWriter(PostgresPool pool, TimeProvider clock) : IAsyncDisposable
{
    private static readonly TimeSpan Trusted = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _turn = new(1, 1);
    private NpgsqlConnection? _connection;
    private long _lastUse;

    public async Task Write(RoundTrip trip, CancellationToken cancel)
    {
        await _turn.WaitAsync(cancel);
        try
        {
            await pool.Write(trip, await Connect(cancel), cancel);
            _lastUse = clock.GetTimestamp();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task<NpgsqlConnection> Connect(CancellationToken cancel)
    {
        if (_connection is { } kept && !await StillAnswers(kept, cancel)) await Drop();
        return _connection ??= await pool.Connect(cancel);
    }

    // A connection that was lost while nobody used it is noticed only in use. Found out here, nothing is in doubt.
    private async Task<bool> StillAnswers(NpgsqlConnection connection, CancellationToken cancel)
    {
        if (connection.FullState != ConnectionState.Open) return false;
        if (clock.GetElapsedTime(_lastUse) < Trusted) return true;
        try
        {
            await using var command = new NpgsqlCommand("select 1", connection);
            await command.ExecuteScalarAsync(cancel);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private async Task Drop()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        await Drop();
        _turn.Dispose();
    }
}
