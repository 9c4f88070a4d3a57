using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Tests.Http;

public sealed class FormTextTests
{
    [Theory]
    [InlineData("ada", "ada")]
    [InlineData("ada+lovelace", "ada lovelace")]
    [InlineData("ada%2Blovelace%40example.com", "ada+lovelace@example.com")]
    [InlineData("J%C3%B8rgen", "Jørgen")]
    [InlineData("Jørgen+%F0%9F%9A%80", "Jørgen 🚀")]
    [InlineData("100%", "100%")]
    [InlineData("%zz%4", "%zz%4")]
    [InlineData("", "")]
    public void TryDecode_Utf8_GivesText(string encoded, string expected)
    {
        Assert.True(FormText.TryDecode(encoded, out var text));
        Assert.Equal(expected, text);
    }

    [Theory]
    [InlineData("%FF")]
    [InlineData("%C3")]
    [InlineData("%ED%A0%80")]
    [InlineData("%C0%AF")]
    public void TryDecode_BrokenUtf8_GivesNothing(string encoded) => Assert.False(FormText.TryDecode(encoded, out _));

    [Fact]
    public void Split_Pairs_KeepsOrderAndEmptyValues()
    {
        Assert.Equal(["a=1", "b=", "c=", "=x", "a=2=3"], Split("a=1&&b=&c&=x&a=2=3&"));
    }

    private static List<string> Split(string text)
    {
        List<string> found = [];
        var pairs = FormText.Split(text);
        while (pairs.Next()) found.Add($"{pairs.Name}={pairs.Value}");
        return found;
    }
}
