namespace LeadEngine.Storage.Sqlite;

/// <summary>All tables, as one connection sees them.</summary>
internal sealed class SqliteTables(SqliteSession session)
{
    public CampaignTable Campaigns { get; } = new(session);

    public LeadTable Leads { get; } = new(session);

    public ScoreTable Scores { get; } = new(session);

    public IdempotencyTable Idempotency { get; } = new(session);

    public SequenceTable Sequences { get; } = new(session);

    public StateTable State { get; } = new(session);
}
