namespace LeadEngine.Storage.Sqlite;

internal sealed class SqliteLinks(SqliteDriver driver) : ILinkDriver
{
    public Task<StoredLink?> Read(string code, CancellationToken cancel) => driver.Read(tables => tables.Links.Read(code));

    public Task CountClicks(string code, long clicks, CancellationToken cancel) =>
        driver.Write(tables => tables.Links.CountClicks(code, clicks));
}
