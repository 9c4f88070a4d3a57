namespace LeadEngine.Storage.Sqlite;

/// <summary>Times as SQLite keeps them.</summary>
internal static class UnixMicroseconds
{
    public static long From(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.UtcTicks) / TimeSpan.TicksPerMicrosecond;

    /// <summary>Rounded up, for a time until which something holds.</summary>
    public static long Ceiling(DateTimeOffset time) => From(time.AddTicks(TimeSpan.TicksPerMicrosecond - 1));

    public static DateTimeOffset To(long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
