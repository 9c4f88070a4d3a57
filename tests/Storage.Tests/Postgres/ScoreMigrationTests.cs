using LeadEngine.Campaigns;
using LeadEngine.Storage.Postgres;
using LeadEngine.Storage.Tests.Contract;
using LeadEngine.TestSupport;
using Npgsql;

namespace LeadEngine.Storage.Tests.Postgres;

/// <summary>A database of the version in which points that referrals brought were points like any other.</summary>
public sealed class ScoreMigrationTests : IAsyncLifetime
{
    private const int Before = 4;
    private readonly PostgresTestDatabase _database = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _database.DisposeAsync();

    [PostgresFact]
    public async Task Open_ScoresOfTheFormerVersion_BecomeWhatWasGivenByHand()
    {
        await using (var connection = new NpgsqlConnection(_database.ConnectionString))
        {
            await connection.OpenAsync();
            await PostgresSchema.Migrate(connection, Before, default);
        }
        await using var other = await _database.Watch();
        await other.Run(
            """
            insert into campaigns (id, account_id, epoch, status, last_rank, live_count) values (42, 7, 1, 0, 4, 4), (43, 7, 1, 0, 0, 0);
            insert into grain_state (name, key, version, json) values
                ('campaign', 'campaign/2A', 1, '{"AccountId":7,"Settings":{"Name":"\u0000 \"ReferralPoints\":9","ReferralPoints":3}}');
            insert into leads (campaign_id, rank, version, created_at, counter, parent_id, email, requests, profile) values
                (42, 1, 1, now(), 1, null, 'ann@x.org', '', '{}'),
                (42, 2, 1, now(), 1, 1, 'bob@x.org', '', '{}'),
                (42, 3, 1, now(), 1, 2, 'cleo@x.org', '', '{}');
            insert into scores (campaign_id, lead_id, points, direct_referrals, indirect_referrals) values
                (42, 1, 10, 2, 1), (42, 2, 1, 1, 0), (42, 3, 5, 0, 0), (43, 4, 5, 2, 0);
            """);

        var driver = await _database.Connect();

        var tenure = (await driver.TakeOver(42, default))!;
        Assert.Equal(
            [
                new ScoreRow(1, new() { Points = 4, DirectReferrals = 2, IndirectReferrals = 1 }),
                new ScoreRow(2, new() { Points = -2, DirectReferrals = 1 }),
                new ScoreRow(3, new() { Points = 5 }),
            ],
            tenure.Scores.OrderBy(row => row.LeadId));
        Assert.Equal(new() { Points = 3, DirectReferrals = 2 }, (await driver.TakeOver(43, default))!.Scores.Single().Score);
        var cleo = (await driver.Read([3], default)).Single()!;
        var unit = new CampaignUnit
        {
            CampaignId = 42,
            AccountId = 7,
            Epoch = tenure.Epoch,
            Changes = [Make.Change(cleo) with { CountsAs = ReferralClass.Verified }],
        };
        var reply = (await driver.Commit(Make.Batch() with { Units = [unit] }, default)).Units.Single();
        Assert.Equal(
            [
                new ScoreRow(1, new() { Points = 4, DirectReferrals = 2, VerifiedIndirectReferrals = 1 }),
                new ScoreRow(2, new() { Points = -2, VerifiedReferrals = 1 }),
                new ScoreRow(3, new() { Points = 5 }),
            ],
            reply.Scores.OrderBy(row => row.LeadId));
    }
}
