namespace LeadEngine.Storage.Tests.Telemetry;

/// <summary>Whether somebody listens for spans holds for the whole process, so those tests that depend on it run one by one.</summary>
[CollectionDefinition(Name)]
public sealed class TracesCollection
{
    public const string Name = "Traces";
}
