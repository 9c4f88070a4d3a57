using LeadEngine.Verification;

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

    private async Task<IVerificationGrain> NewGrain() => engine.Grains.GetGrain<IVerificationGrain>(await engine.Store.NextId());
}
