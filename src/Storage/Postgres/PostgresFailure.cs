using System.Net.Sockets;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>
/// What a failure of the server or of the connection says of the change that was under way. One that says nothing (null) is let out as it
/// is: a fault of ours, or an identifier that two changes claim.
/// </summary>
internal static class PostgresFailure
{
    private const string IdleInTransactionSessionTimeout = "25P03";

    /// <summary>Nothing can have been sent.</summary>
    public static StoreBusyException? WhileConnecting(Exception failure) =>
        IsFailure(failure) ? new($"PostgreSQL cannot be reached: {failure.Message}", failure) : null;

    /// <summary>Whether nothing changed is told by when the failure came.</summary>
    /// <param name="failure">What was thrown.</param>
    /// <param name="allAnswered">
    /// Whether each statement had been answered, so that only the answer to the commit was missing. The server commits after the last
    /// statement, and its messages keep their order: an error that comes before means that nothing was committed, whatever it is.
    /// </param>
    public static Exception? OfWrite(Exception failure, bool allAnswered) => failure switch
    {
        PostgresException error when !allAnswered || !EndsSession(error) => OfError(error),
        _ when IsFailure(failure) =>
            new StoreOutcomeUnknownException($"PostgreSQL was lost while it made a change: {failure.Message}", failure),
        _ => null,
    };

    public static StoreBusyException? OfRead(Exception failure) => failure switch
    {
        PostgresException error => OfError(error),
        _ when IsFailure(failure) => new($"PostgreSQL was lost: {failure.Message}", failure),
        _ => null,
    };

    /// <summary>Another transaction was in the way, or its client was: see <see cref="FrozenClients"/>.</summary>
    public static bool IsTimeout(Exception? failure) =>
        failure is PostgresException { SqlState: PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.QueryCanceled };

    /// <summary>
    /// Another transaction was in the way and has its own way now: a deadlock, or an identifier that it took first. The same again comes
    /// out another way.
    /// </summary>
    public static bool WasOvertaken(Exception failure) =>
        (failure as PostgresException ?? failure.InnerException as PostgresException)?.SqlState
            is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.UniqueViolation;

    /// <summary>The server, or the way to it, failed; all else is a fault of ours.</summary>
    public static bool IsFailure(Exception failure) =>
        failure is NpgsqlException or IOException or SocketException or TimeoutException or ObjectDisposedException;

    private static StoreBusyException? OfError(PostgresException error) =>
        MayPass(error.SqlState) ? new($"PostgreSQL is busy: {error.MessageText}", error) : null;

    private static bool EndsSession(PostgresException error) => error.InvariantSeverity is "FATAL" or "PANIC";

    // Classes of error codes: 08 connection, 40 rolled back, 53 out of resources (disk full, too many connections), 57 operator (shut
    // down, starting up, cancelled), 58 system (input/output).
    private static bool MayPass(string sqlState) =>
        sqlState[..2] is "08" or "40" or "53" or "57" or "58"
        || sqlState is PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.ReadOnlySqlTransaction or IdleInTransactionSessionTimeout;
}
