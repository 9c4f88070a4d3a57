namespace LeadEngine.Storage.Sqlite;

internal sealed class SqliteLinks(SqliteDriver driver, TimeProvider clock) : ILinkDriver
{
    public Task<StoredLink?> Read(string code, CancellationToken cancel) => driver.Read(tables => tables.Links.Read(code));

    public Task CountClicks(string code, long clicks, CancellationToken cancel) =>
        driver.Write(tables =>
        {
            if (!tables.Links.CountClicks(code, clicks) || tables.Links.Read(code) is not { } link) return false;
            if (tables.Campaigns.Read(link.CampaignId) is { } campaign)
            {
                tables.Events.Tell(campaign, link.CampaignId, link.LeadId, EventDetails.LinkClicked(code, link.Url, clicks), clock.GetUtcNow());
            }
            return true;
        });
}
