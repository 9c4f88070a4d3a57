namespace LeadEngine.Storage.Sqlite;

/// <summary>All tables, as one connection sees them.</summary>
internal sealed class SqliteTables(SqliteSession session)
{
    public CampaignTable Campaigns { get; } = new(session);

    public LeadTable Leads { get; } = new(session);

    public PostingTable Posting { get; } = new(session);

    public ScoreTable Scores { get; } = new(session);

    public IdempotencyTable Idempotency { get; } = new(session);

    public SequenceTable Sequences { get; } = new(session);

    public PersonTable People { get; } = new(session);

    public PersonTerms Terms { get; } = new(session);

    public MemberTable Members { get; } = new(session);

    public DoNotContactTable DoNotContact { get; } = new(session);

    public LinkTable Links { get; } = new(session);

    public TaskTable Tasks { get; } = new(session);

    public StateTable State { get; } = new(session);

    public SubscriptionTable Subscriptions { get; } = new(session);

    public DeliveryTable Deliveries { get; } = new(session);

    public DropTable Drops { get; } = new(session);

    public EventTable Events => field ??= new(session, Deliveries);
}
