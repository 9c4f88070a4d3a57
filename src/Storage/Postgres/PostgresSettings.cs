using Microsoft.Extensions.Options;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>How connections are set up.</summary>
internal static class PostgresSettings
{
    // What is waited for on the server ends by the server's own time-outs. This much later the client stops waiting for a server that
    // does not answer at all.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <param name="connectionString">Where the database is.</param>
    /// <param name="timeout">How long to wait for a lock, a statement or a connection.</param>
    /// <param name="pooling">Whether connections are kept for the next one who needs one.</param>
    /// <exception cref="OptionsValidationException">There is no usable connection string.</exception>
    public static NpgsqlDataSource CreateDataSource(string? connectionString, TimeSpan timeout, bool pooling = true)
    {
        var text = Parse(connectionString);
        text.ApplicationName ??= "lead-engine";
        text.TcpKeepAlive = true;
        text.Enlist = false;
        text.Pooling = pooling;
        // No connection is left in another state than it was taken in, and what is prepared on it shall stay.
        text.NoResetOnClose = true;
        text.MaxAutoPrepare = 50;
        text.AutoPrepareMinUsages = 1;
        text.WriteBufferSize = 64 * 1024;
        text.Timeout = Seconds(timeout);
        text.CommandTimeout = Seconds(timeout + Grace);
        if (!text.ShouldSerialize("Maximum Pool Size")) text.MaxPoolSize = 10;
        var source = new NpgsqlDataSourceBuilder(text.ConnectionString);
        var session = new PostgresSession(timeout);
        source.UsePhysicalConnectionInitializer(session.Configure, session.ConfigureAsync);
        return source.Build();
    }

    private static NpgsqlConnectionStringBuilder Parse(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw Invalid("is missing");
        try
        {
            var parsed = new NpgsqlConnectionStringBuilder(text);
            return string.IsNullOrEmpty(parsed.Host) ? throw Invalid("names no host") : parsed;
        }
        catch (Exception malformed) when (malformed is ArgumentException or FormatException)
        {
            throw Invalid($"cannot be read ({malformed.Message})");
        }
    }

    private static OptionsValidationException Invalid(string what) => new(
        StoreOptions.Section,
        typeof(StoreOptions),
        [$"Storage:ConnectionString {what}. PostgreSQL needs one, for example \"Host=localhost;Database=leads;Username=leads\"."]);

    private static int Seconds(TimeSpan time) => (int)Math.Ceiling(time.TotalSeconds);
}
