namespace LeadEngine.TestSupport;

/// <inheritdoc/>
public sealed class NeedsPostgresAttribute : NeedsStoreAttribute
{
    public override string? WhyAbsent => PostgresServer.WhyAbsent;
}
