using LeadEngine.TestSupport;

namespace LeadEngine.Durability;

/// <summary>A receipt is a receipt: what was acknowledged outlives a process that is killed at any instant, and its database.</summary>
public sealed class KillTests
{
    private const int Kills = 10;

    [Fact]
    public async Task KilledEngine_OnSqlite_KeepsEveryAcknowledgedLead()
    {
        await using var engine = new EngineProcess("sqlite");
        await KillAgainAndAgain(engine);
    }

    [PostgresFact]
    public async Task KilledEngine_OnPostgres_KeepsEveryAcknowledgedLead()
    {
        await using var server = await PostgresServer.Start();
        await using var engine = new EngineProcess("postgres", await server.CreateDatabase());
        await KillAgainAndAgain(engine);
    }

    [PostgresFact]
    public async Task KilledPostmaster_KeepsEveryAcknowledgedLeadAndServiceComesBack()
    {
        await using var server = await PostgresServer.Start();
        await using var engine = new EngineProcess("postgres", await server.CreateDatabase());
        await engine.Start();
        var campaignId = await engine.Api.CreateCampaign();
        var ledger = new Ledger();

        await new SignupLoad(engine.Client, campaignId, ledger, seed: 1).RunUntil(500, server.KillPostmaster);
        await server.StartAgain();
        await new SignupLoad(engine.Client, campaignId, ledger, seed: 2).RunUntil(500, () => Task.CompletedTask);

        await ledger.Verify(engine.Api, campaignId);
    }

    private static async Task KillAgainAndAgain(EngineProcess engine)
    {
        await engine.Start();
        var campaignId = await engine.Api.CreateCampaign();
        var ledger = new Ledger();
        var moments = new Random(20261120);
        for (var kill = 1; kill <= Kills; kill++)
        {
            await new SignupLoad(engine.Client, campaignId, ledger, seed: kill).RunUntil(moments.Next(1, 1_500), engine.Kill);
            await engine.Start();
            await ledger.Verify(engine.Api, campaignId);
        }
    }
}
