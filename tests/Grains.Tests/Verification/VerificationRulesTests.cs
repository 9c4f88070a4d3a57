using LeadEngine.Grains.Verification;

namespace LeadEngine.Grains.Tests.Verification;

public sealed class VerificationRulesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Salt = new byte[VerificationRules.SaltBytes];

    [Fact]
    public void Mail_AnotherWithinTheHour_MayNotGo()
    {
        var sent = VerificationRules.Mail(new(), 1, Noon)!;
        Assert.Null(VerificationRules.Mail(sent, 2, Noon.AddMinutes(59)));
        Assert.NotNull(VerificationRules.Mail(sent, 2, Noon.AddHours(1)));
    }

    [Fact]
    public void Mail_TriedAgain_MayGo() => Assert.NotNull(VerificationRules.Mail(VerificationRules.Mail(new(), 1, Noon)!, 1, Noon.AddMinutes(1)));

    [Fact]
    public void Check_RightCode_IsGoodUntilItsTimeIsOver()
    {
        var issued = Issued();
        Assert.Equal((true, issued), VerificationRules.Check(issued, "012345", Noon.AddMinutes(9.9)));
        Assert.Equal((true, issued), VerificationRules.Check(issued, "012345", Noon));
        Assert.Equal((false, issued), VerificationRules.Check(issued, "012345", Noon.AddMinutes(10)));
    }

    [Fact]
    public void Check_NoCode_IsWrong()
    {
        var nothing = new VerificationRecord();
        Assert.Equal((false, nothing), VerificationRules.Check(nothing, "012345", Noon));
    }

    [Fact]
    public void Check_FiveWrongTries_SpoilTheCode()
    {
        var record = Issued();
        for (var tries = 1; tries <= VerificationRules.MaxWrongTries; tries++)
        {
            Assert.True(VerificationRules.Check(record, "012345", Noon).IsRight);
            (var isRight, record) = VerificationRules.Check(record, "543210", Noon);
            Assert.Equal((false, tries), (isRight, record.Code!.WrongTries));
        }

        Assert.Equal((false, record), VerificationRules.Check(record, "012345", Noon));
    }

    [Fact]
    public void MayIssue_WhileACodeIsGood_OnlyToTheDeliveryThatTookIt()
    {
        Assert.True(VerificationRules.MayIssue(new(), 1, Noon));
        Assert.True(VerificationRules.MayIssue(Issued(), 1, Noon));
        Assert.False(VerificationRules.MayIssue(Issued(), 2, Noon.AddMinutes(9.9)));
        Assert.True(VerificationRules.MayIssue(Issued(), 2, Noon.AddMinutes(10)));
    }

    [Fact]
    public void Issue_Another_SpoilsTheFirst()
    {
        var next = VerificationRules.Issue(Issued(), 1, "999999", Salt, Noon);
        Assert.False(VerificationRules.Check(next, "012345", Noon).IsRight);
        Assert.True(VerificationRules.Check(next, "999999", Noon).IsRight);
    }

    [Fact]
    public void Issue_Code_IsNotKept()
    {
        var code = Issued().Code!;
        Assert.Equal(32, code.Digest.Length);
        Assert.False(code.Digest.AsSpan().SequenceEqual(VerificationRules.Issue(new(), 1, "012345", [.. Salt.Select(_ => (byte)1)], Noon).Code!.Digest.AsSpan()));
    }

    [Fact]
    public void ForgetAt_IsWhenNothingMattersAnyMore()
    {
        Assert.Equal(Noon.AddMinutes(10).ToUnixTimeSeconds(), Issued().ForgetAt);
        Assert.Equal(Noon.AddHours(1).ToUnixTimeSeconds(), VerificationRules.Mail(Issued(), 1, Noon)!.ForgetAt);
        Assert.Equal(Noon.AddHours(1).ToUnixTimeSeconds(), VerificationRules.Issue(VerificationRules.Mail(new(), 1, Noon)!, 2, "1", Salt, Noon).ForgetAt);
    }

    private static VerificationRecord Issued() => VerificationRules.Issue(new(), 1, "012345", Salt, Noon);
}
