using LeadEngine.TestSupport;

namespace LeadEngine.Durability;

/// <summary>A store has one owner: a second engine refuses to start. One that leaves drains first.</summary>
public sealed class OwnershipTests
{
    [Fact]
    public async Task SecondEngine_OnTheSameSqliteFile_RefusesToStart()
    {
        await using var first = new EngineProcess("sqlite");
        await RefuseSecond(first, "sqlite");
    }

#if !ORLEANS // On Orleans, several silos on one database are a cluster.
    [PostgresFact]
    public async Task SecondEngine_OnTheSamePostgresDatabase_RefusesToStart()
    {
        await using var server = await PostgresServer.Start();
        await using var first = new EngineProcess("postgres", await server.CreateDatabase());
        await RefuseSecond(first, "postgres");
    }
#endif

    [Fact]
    public async Task TerminatedEngine_UnderLoad_DrainsAndLeavesNothingInDoubt()
    {
        await using var engine = new EngineProcess("sqlite");
        await engine.Start();
        var campaignId = await engine.Api.CreateCampaign();
        var ledger = new Ledger();

        var exitCode = -1;
        await new SignupLoad(engine.Client, campaignId, ledger, seed: 1).RunUntil(500, async () => exitCode = await engine.Terminate());
        await engine.Start();

        Assert.Equal(0, exitCode);
        await ledger.Verify(engine.Api, campaignId);
    }

    private static async Task RefuseSecond(EngineProcess first, string provider)
    {
        await first.Start();
        await using var second = new EngineProcess(provider, first.ConnectionString);

        var (exitCode, output) = await second.StartInVain();

        Assert.NotEqual(0, exitCode);
        Assert.Contains("in use by another process", output, StringComparison.Ordinal);
    }
}
