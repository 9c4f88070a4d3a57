using LeadEngine.Storage.Sqlite;

namespace LeadEngine.Storage.Tests.Sqlite;

public sealed class SqlitePathTests
{
    [Theory]
    [InlineData(null, "data/leads.db")]
    [InlineData("Data Source=/var/lib/leads/a b.db", "/var/lib/leads/a b.db")]
    [InlineData("datasource=x.db", "x.db")]
    [InlineData("Filename=x.db;", "x.db")]
    public void From_FileNamed_IsItsFullPath(string? connectionString, string path) =>
        Assert.Equal(Path.GetFullPath(path), SqlitePath.From(connectionString));

    [Theory]
    [InlineData("")]
    [InlineData("x.db")]
    [InlineData("Data Source=:memory:")]
    [InlineData("Data Source=x.db;Mode=ReadOnly")]
    [InlineData("Host=localhost")]
    public void From_NoFileOrMore_IsRefused(string connectionString) =>
        Assert.ThrowsAny<ArgumentException>(() => SqlitePath.From(connectionString));
}
