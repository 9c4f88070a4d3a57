using LeadEngine.Leads;
using LeadEngine.Verification;
using Orleans.Storage;

namespace LeadEngine.Grains.Tests.Verification;

[Collection(EngineCollection.Name)]
public sealed class VerificationGrainTests(EngineFixture engine)
{
    [Fact]
    public async Task Check_IssuedCode_IsRightUntilFiveWereWrong()
    {
        var grain = await NewGrain();
        var code = await grain.IssueCode(1);
        Assert.Matches("^[0-9]{6}$", code);
        Assert.Null(await grain.IssueCode(2));
        Assert.True(await grain.Check(code!));

        var wrong = code == "000000" ? "000001" : "000000";
        for (var tries = 0; tries < 5; tries++) Assert.False(await grain.Check(wrong));
        Assert.False(await grain.Check(code!));
    }

    [Fact]
    public async Task Check_Code_IsNowhereInTheStore()
    {
        var grain = await NewGrain();
        var code = await grain.IssueCode(1);
        var state = await engine.Store.ReadState("verification", $"verification/{grain.GetPrimaryKeyLong():X}");
        Assert.DoesNotContain(code!, state!.Json, StringComparison.Ordinal);
        Assert.Contains("\"ForgetAt\":", state.Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MayMail_AnotherDelivery_HasToWait()
    {
        var grain = await NewGrain();
        Assert.True(await grain.MayMail(1));
        Assert.True(await grain.MayMail(1));
        Assert.False(await grain.MayMail(2));
    }

    [Fact]
    public async Task Remove_LeadThatWasAsked_TakesAllOfItAlong()
    {
        var campaign = await engine.CreateCampaign();
        var lead = (await campaign.Upsert("ada@example.com")).Lead!;
        var grain = engine.Grains.GetGrain<IVerificationGrain>(lead.Id);
        await grain.IssueCode(1);

        Assert.Null(await engine.Grains.GetGrain<ILeadGrain>(lead.Id).Remove(lead.CampaignId, leaveMember: false));

        Assert.Null(await engine.Store.ReadState("verification", $"verification/{lead.Id:X}"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => grain.MayMail(2));
        Assert.Null(await engine.Store.ReadState("verification", $"verification/{lead.Id:X}"));
    }

    private async Task<IVerificationGrain> NewGrain()
    {
        var campaign = await engine.CreateCampaign();
        return engine.Grains.GetGrain<IVerificationGrain>((await campaign.Upsert("ada@example.com")).Lead!.Id);
    }
}
