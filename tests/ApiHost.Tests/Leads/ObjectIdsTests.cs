using LeadEngine.ApiHost.Leads;

namespace LeadEngine.ApiHost.Tests.Leads;

public sealed class ObjectIdsTests
{
    private static readonly ObjectIds Ids = new([.. Enumerable.Range(0, 32).Select(i => (byte)i)]);

    // The test vector of the paper.
    [Fact]
    public void Encrypt_VectorOfThePaper_IsEnciphered()
    {
        var cipher = new Speck96(Convert.FromHexString("1514131211100d0c0b0a0908050403020100"));
        Assert.Equal((0x2bf31072228aUL, 0x7ae440252ee6UL), cipher.Encrypt(0x656d6974206e, 0x69202c726576));
        Assert.Equal((0x656d6974206eUL, 0x69202c726576UL), cipher.Decrypt(0x2bf31072228a, 0x7ae440252ee6));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(107_646_230)]
    [InlineData(ObjectIds.MaxNumber)]
    public void TryDecode_EncodedId_IsTheNumber(long number)
    {
        foreach (var kind in Enum.GetValues<ObjectKind>())
        {
            var id = Ids.Encode(kind, number);
            Assert.Matches("^[0-9a-f]{24}$", id);
            Assert.True(Ids.TryDecode(kind, id, out var decoded));
            Assert.True(Ids.TryDecode(kind, id.ToUpperInvariant(), out _));
            Assert.Equal(number, decoded);
        }
    }

    [Fact]
    public void TryDecode_OtherKind_IsNothing()
    {
        foreach (var kind in Enum.GetValues<ObjectKind>())
        {
            foreach (var other in Enum.GetValues<ObjectKind>().Where(other => other != kind))
            {
                Assert.False(Ids.TryDecode(other, Ids.Encode(kind, 7), out _));
            }
        }
    }

    [Fact]
    public void TryDecode_AnyDigitChanged_IsNothing()
    {
        var id = Ids.Encode(ObjectKind.Campaign, 135_544);
        for (var place = 0; place < id.Length; place++)
        {
            foreach (var digit in "0123456789abcdef".Where(digit => digit != id[place]))
            {
                var forged = id.Remove(place, 1).Insert(place, digit.ToString());
                Assert.False(Ids.TryDecode(ObjectKind.Campaign, forged, out _), forged);
            }
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("665d4e5f6a7b8c9d0e1f2a3b")]
    [InlineData("665d4e5f6a7b8c9d0e1f2a3")]
    [InlineData("665d4e5f6a7b8c9d0e1f2a3bb")]
    [InlineData("example_string")]
    [InlineData("zzzzzzzzzzzzzzzzzzzzzzzz")]
    [InlineData(" 65d4e5f6a7b8c9d0e1f2a3b")]
    [InlineData("+65d4e5f6a7b-c9d0e1f2a3b")]
    [InlineData("٦65d4e5f6a7b8c9d0e1f2a3b")]
    public void TryDecode_Nonsense_IsNothing(string? id) => Assert.False(Ids.TryDecode(ObjectKind.Person, id, out _));

    [Fact]
    public void Encode_OtherInstallation_HasOtherIds() =>
        Assert.NotEqual(Ids.Encode(ObjectKind.Person, 1), new ObjectIds(new byte[32]).Encode(ObjectKind.Person, 1));

    [Fact]
    public void Encode_NumbersInARow_TellNothingOfTheirOrder()
    {
        var ids = Enumerable.Range(1, 1_000).Select(number => Ids.Encode(ObjectKind.Person, number)).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.NotEqual(ids, ids.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(ObjectIds.MaxNumber + 1)]
    public void Encode_NumberThatHasNoId_Throws(long number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Ids.Encode(ObjectKind.Person, number));
}
