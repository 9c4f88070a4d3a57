using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>Runs round trips on whatever connection is free.</summary>
/// <param name="source">Where connections come from.</param>
/// <param name="frozen">Who may be in the way.</param>
/// <param name="lease">Must be held to write; null when the database is shared.</param>
internal sealed class PostgresPool(NpgsqlDataSource source, FrozenClients frozen, StoreLease? lease)
{
    public async Task Read(RoundTrip trip, CancellationToken cancel)
    {
        await using var connection = await Connect(cancel);
        try
        {
            await trip.Run(connection, cancel);
        }
        catch (Exception failure) when (PostgresFailure.OfRead(failure) is { } meaning)
        {
            throw meaning;
        }
    }

    public async Task Write(RoundTrip trip, CancellationToken cancel)
    {
        await using var connection = await Connect(cancel);
        await Write(trip, connection, cancel);
    }

    public async Task Write(RoundTrip trip, NpgsqlConnection connection, CancellationToken cancel)
    {
        lease?.Demand();
        try
        {
            await trip.Run(connection, cancel);
        }
        catch (Exception failure) when (PostgresFailure.OfWrite(failure, trip.AllAnswered) is { } meaning)
        {
            if (PostgresFailure.IsTimeout(failure)) await frozen.End(cancel);
            throw meaning;
        }
    }

    /// <summary>Writes with a statement that answers at most one row.</summary>
    public async Task<T?> Write<T>(
        string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        var value = default(T);
        var trip = new RoundTrip();
        trip.Add(sql, row => value = read(row), parameters);
        await Write(trip, cancel);
        return value;
    }

    /// <summary>Reads at most one row.</summary>
    public async Task<T?> Read<T>(
        string sql, Func<NpgsqlDataReader, T> read, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        var value = default(T);
        var trip = new RoundTrip();
        trip.Add(sql, row => value = read(row), parameters);
        await Read(trip, cancel);
        return value;
    }

    public async Task<NpgsqlConnection> Connect(CancellationToken cancel)
    {
        try
        {
            return await source.OpenConnectionAsync(cancel);
        }
        catch (Exception failure) when (PostgresFailure.WhileConnecting(failure) is { } meaning)
        {
            throw meaning;
        }
    }
}
