using LeadEngine.Durability.Webhooks;
using LeadEngine.TestSupport;

namespace LeadEngine.Durability;

/// <summary>
/// Nothing said is lost on the way out: of each change that was acknowledged the receiver hears, in order for each lead, also when the
/// engine is killed again and again while it tells.
/// </summary>
public sealed class WebhookKillTests
{
    private const int Kills = 3;
    private const int InFlight = 10;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(45);

    private static readonly (string, string) Allowed = ("Webhooks__AllowedHosts__0", "127.0.0.1");

    [Fact]
    public async Task KilledWhileItDelivers_OnSqlite_TellsAllInOrder()
    {
        await using var engine = new EngineProcess("sqlite", null, Allowed);
        await Run(engine);
    }

    [PostgresFact]
    public async Task KilledWhileItDelivers_OnPostgres_TellsAllInOrder()
    {
        await using var server = await PostgresServer.Start();
        await using var engine = new EngineProcess("postgres", await server.CreateDatabase(), Allowed);
        await Run(engine);
    }

    private static async Task Run(EngineProcess engine)
    {
        await using var receiver = await FlakyReceiver.Start();
        await engine.Start();
        var (stayId, _) = await engine.Api.CreateCampaignWithKey();
        var (leaveId, key) = await engine.Api.CreateCampaignWithKey();
        foreach (var campaignId in new[] { stayId, leaveId })
        {
            await engine.Api.AddWebhook(campaignId, "kickofflabs", receiver.Url + FlakyReceiver.KickoffLabs, "signup", "repeat_signup");
            await engine.Api.AddWebhook(campaignId, "sendkit", receiver.Url + FlakyReceiver.SendKit, "removed");
        }

        var (ledger, leavers) = (new Ledger(), new Leavers(engine.Client, leaveId, key));
        var moments = new Random(20261128);
        for (var kill = 1; kill <= Kills; kill++)
        {
            var leaving = leavers.ComeAndGo(kill);
            await new SignupLoad(engine.Client, stayId, ledger, seed: kill)
                .RunUntil(moments.Next(100, 400), () => receiver.KeepWaiting(InFlight, engine.Kill));
            await leaving;
            await engine.Start();
            receiver.Life = kill;
            await leavers.AwaitGone(engine.Api, receiver.Life);
        }

        var stayed = await engine.Api.ListLeads(stayId);
        ledger.Verify(stayed);
        var told = new Told(stayed, await engine.Api.ListLeads(leaveId), leavers);
        await told.AwaitAll(receiver, Patience);
        told.Verify(receiver.Receipts);
    }
}
