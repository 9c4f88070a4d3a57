using LeadEngine.Leads;

namespace LeadEngine.GrainInterfaces.Tests;

public sealed class IdentifierKeyTests
{
    [Theory]
    [InlineData(IdentifierKind.Email, "ada@example.com", "135544/e/ada@example.com")]
    [InlineData(IdentifierKind.Email, "a/b@example.com", "135544/e/a/b@example.com")]
    [InlineData(IdentifierKind.Phone, "+12065550100", "135544/p/+12065550100")]
    public void ToString_AnyKey_IsReadBackByParse(IdentifierKind kind, string value, string text)
    {
        var key = new IdentifierKey(135544, kind, value);

        Assert.Equal(text, key.ToString());
        Assert.Equal(key, IdentifierKey.Parse(text));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1/e")]
    [InlineData("1/e/")]
    [InlineData("/e/a@b.c")]
    [InlineData("1/x/a@b.c")]
    [InlineData("one/e/a@b.c")]
    public void Parse_NoKey_Throws(string text) => Assert.Throws<FormatException>(() => IdentifierKey.Parse(text));
}
