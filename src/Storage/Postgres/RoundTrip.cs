using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>
/// Statements that are sent together and make one transaction: the server begins it with the first and commits it after the last. No word
/// of the client is needed between the first lock and the commit, and no error leaves the transaction open.
/// </summary>
internal sealed class RoundTrip
{
    private readonly List<NpgsqlBatchCommand> _statements = [];
    private readonly List<Action<NpgsqlDataReader>> _readers = [];

    public bool IsEmpty => _statements.Count == 0;

    /// <summary>Every statement with rows was answered: what is still awaited is the commit.</summary>
    public bool AllAnswered { get; private set; }

    /// <summary>Adds a statement without rows.</summary>
    public void Add(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var statement = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters) statement.Parameters.Add(parameter);
        _statements.Add(statement);
    }

    /// <summary>Adds a statement with rows, each of which <paramref name="take"/> gets.</summary>
    public void Add(string sql, Action<NpgsqlDataReader> take, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        Add(sql, parameters);
        _readers.Add(take);
    }

    public async Task Run(NpgsqlConnection connection, CancellationToken cancel)
    {
        AllAnswered = false;
        await using var batch = new NpgsqlBatch(connection);
        foreach (var statement in _statements) batch.BatchCommands.Add(statement);
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        for (var i = 0; i < _readers.Count; i++)
        {
            if (i > 0) await reader.NextResultAsync(cancel);
            while (await reader.ReadAsync(cancel)) _readers[i](reader);
        }
        AllAnswered = true;
        // Until the server says that it is ready again, nothing is committed.
        while (await reader.NextResultAsync(cancel)) { }
    }
}
