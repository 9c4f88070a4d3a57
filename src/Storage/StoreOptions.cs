using System.ComponentModel.DataAnnotations;

namespace LeadEngine.Storage;

/// <summary>Where and how leads are stored: configuration section <c>Storage</c>.</summary>
public sealed class StoreOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Storage";

    /// <summary><c>sqlite</c> or <c>postgres</c>. Default <c>sqlite</c>.</summary>
    [Required, AllowedValues(StoreProviders.Sqlite, StoreProviders.Postgres)]
    public string Provider { get; set; } = StoreProviders.Sqlite;

    /// <summary>The provider's connection string. Default for SQLite: <c>Data Source=data/leads.db</c>. PostgreSQL has none.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>How many changes may wait for the writer before more are refused as busy; 100 to 1,000,000. Default 50,000.</summary>
    [Range(100, 1_000_000)]
    public int QueueLength { get; set; } = 50_000;

    /// <summary>How many changes go into one transaction at most; 1 to 10,000. Default 2,000.</summary>
    [Range(1, 10_000)]
    public int BatchSize { get; set; } = 2_000;

    /// <summary>
    /// How long a change waits or is tried again before the store gives up; 0.1 s to 60 s. Default 6 s, below the 10 s of a request.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan Patience { get; set; } = TimeSpan.FromSeconds(6);

    /// <summary>
    /// How long one statement may run, a lock be awaited or a transaction idle on PostgreSQL; 0.1 s to 60 s. Default 4 s.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:01:00")]
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long an idempotency record is kept; 1 minute to 30 days. Default 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "30.00:00:00")]
    public TimeSpan IdempotencyAge { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How long the log of deliveries is kept; 1 minute to 365 days. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan DeliveryLogAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>How long what could not be delivered is kept after its last try; 1 minute to 365 days. Default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan DeadLetterAge { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Whether this process owns its database, so that a second one refuses to start (SQLite files always have one owner), and nobody has
    /// anything in hand when this one starts. Default false, since the silos of a cluster share their database.
    /// </summary>
    public bool Exclusive { get; set; }

    /// <summary>
    /// At so many people a search looks one by one before it asks the index: those fill a page when the terms are common ones, for which
    /// the index would have to gather nearly everybody. Not a setting; tests set 0.
    /// </summary>
    internal int PeopleToScan { get; set; } = 2_000;
}
