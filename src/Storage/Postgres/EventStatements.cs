namespace LeadEngine.Storage.Postgres;

/// <summary>What a batch tells, after all else of it.</summary>
internal static class EventStatements
{
    /// <summary>Forgets all that there was to tell, and was told, of leads that the batch removes.</summary>
    public static void AddScrub(RoundTrip trip, WriteBatch batch)
    {
        long[] removed = [.. batch.Units.SelectMany(unit => unit.Removals).Select(removal => removal.LeadId)];
        if (removed.Length == 0) return;
        foreach (var statement in EventSql.Scrub) trip.Add(statement, Arguments.Numbers(removed));
    }

    /// <summary>Makes deliveries of what was noted.</summary>
    public static void AddTelling(RoundTrip trip, DateTimeOffset now)
    {
        trip.Add(EventSql.Number);
        trip.Add(EventSql.Tell, Arguments.Time(now));
    }
}
