using LeadEngine.Grains.Leads;

namespace LeadEngine.Grains.Tests.Leads;

public sealed class SocialIdsTests
{
    private static readonly SocialIds Ids = new("an installation's secret of 32 by"u8);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(107646230)]
    [InlineData(SocialIds.MaxLeadId)]
    public void TryDecode_EncodedId_IsTheLead(long leadId)
    {
        Assert.True(Ids.TryDecode(Ids.Encode(leadId), out var decoded));
        Assert.Equal(leadId, decoded);
    }

    [Fact]
    public void Encode_ManyIds_NeverCollideAndDecode()
    {
        HashSet<string> seen = [];
        for (var leadId = 0; leadId < 100_000; leadId++)
        {
            var socialId = Ids.Encode(leadId);
            Assert.True(seen.Add(socialId));
            Assert.True(Ids.TryDecode(socialId, out var decoded) && decoded == leadId);
        }
    }

    [Fact]
    public void Encode_NeighbouringIds_ShareFewCharacters()
    {
        var same = 0;
        for (var leadId = 1; leadId < 1_000; leadId++) same += Ids.Encode(leadId).Zip(Ids.Encode(leadId + 1)).Count(pair => pair.First == pair.Second);

        // 8 characters of 32 kinds: a quarter of a character in common by chance.
        Assert.InRange(same / 1_000.0, 0.1, 0.5);
    }

    [Fact]
    public void TryDecode_LowerCase_IsTheSameLead() =>
        Assert.True(Ids.TryDecode(Ids.Encode(42).ToLowerInvariant(), out var decoded) && decoded == 42);

    [Fact]
    public void Encode_OtherInstallation_GivesOtherIds() =>
        Assert.NotEqual(Ids.Encode(42), new SocialIds("another installation's secret   "u8).Encode(42));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("1234567")]
    [InlineData("123456789")]
    [InlineData("1234567U")]
    [InlineData("1234567é")]
    public void TryDecode_OtherForm_IsRefused(string? socialId) => Assert.False(Ids.TryDecode(socialId, out _));

    [Theory]
    [InlineData(-1)]
    [InlineData(SocialIds.MaxLeadId + 1)]
    public void Encode_OutOfRange_Throws(long leadId) => Assert.Throws<ArgumentOutOfRangeException>(() => Ids.Encode(leadId));
}
