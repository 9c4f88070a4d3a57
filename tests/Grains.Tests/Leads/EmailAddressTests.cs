using LeadEngine.Grains.Leads;

namespace LeadEngine.Grains.Tests.Leads;

public sealed class EmailAddressTests
{
    [Theory]
    [InlineData("ada@example.com", "ada@example.com")]
    [InlineData("  Ada@Example.COM\t", "ada@example.com")]
    [InlineData("ada+tag@sub.example.co.uk", "ada+tag@sub.example.co.uk")]
    [InlineData("JOSE\u0301@example.com", "jos\u00e9@example.com")]
    [InlineData("ada@B\u00fccher.example", "ada@xn--bcher-kva.example")]
    [InlineData("ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example")]
    public void Normalize_AnyWrittenForm_GivesTheOneFormThatIdentifies(string text, string expected) =>
        Assert.Equal(expected, EmailAddress.Normalize(text));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("ada")]
    [InlineData("@example.com")]
    [InlineData("ada@")]
    [InlineData("ada@example")]
    [InlineData("ada@.com")]
    [InlineData("ada@example.")]
    [InlineData("ada@exa..mple.com")]
    [InlineData("ada@@example.com")]
    [InlineData("a@b@example.com")]
    [InlineData("ada lovelace@example.com")]
    [InlineData("ada\u0000@example.com")]
    [InlineData("ada@exa_mple.com")]
    [InlineData("ada\ufffd@example.com")]
    [InlineData("ada\ud800@example.com")]
    [InlineData("ada\ufffe@example.com")]
    [InlineData("ada@example\ufffe.com")]
    public void Normalize_NoAddress_IsNull(string text) => Assert.Null(EmailAddress.Normalize(text));

    [Fact]
    public void Normalize_LongestAddress_IsAccepted() =>
        Assert.NotNull(EmailAddress.Normalize(new string('a', EmailAddress.MaxLength - "@example.com".Length) + "@example.com"));

    [Fact]
    public void Normalize_OneCharacterTooLong_IsNull() =>
        Assert.Null(EmailAddress.Normalize(new string('a', EmailAddress.MaxLength + 1 - "@example.com".Length) + "@example.com"));
}
