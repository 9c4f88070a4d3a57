namespace LeadEngine.Storage.Postgres;

/// <summary>PostgreSQL keeps microseconds, and the driver cuts off what is below.</summary>
internal static class PostgresTime
{
    /// <summary>Rounded up, for a time until which something holds.</summary>
    public static DateTimeOffset Ceiling(DateTimeOffset time)
    {
        var below = time.UtcTicks % TimeSpan.TicksPerMicrosecond;
        return below == 0 ? time : time.AddTicks(TimeSpan.TicksPerMicrosecond - below);
    }
}
