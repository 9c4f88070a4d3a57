using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Tests.Http;

public sealed class WebAddressTests
{
    [Theory]
    [InlineData("https://www.example.com/", "https://www.example.com/?kid=A1")]
    [InlineData("https://www.example.com/?a=1", "https://www.example.com/?a=1&kid=A1")]
    [InlineData("https://www.example.com/#top", "https://www.example.com/?kid=A1#top")]
    [InlineData("https://www.example.com/#top?", "https://www.example.com/?kid=A1#top?")]
    public void With_Address_AddsParameterToItsQuery(string address, string expected) =>
        Assert.Equal(expected, WebAddress.With(address, "kid", "A1"));

    [Theory]
    [InlineData("https://example.com/thanks", true)]
    [InlineData("http://localhost:3000", true)]
    [InlineData("/thanks", false)]
    [InlineData("javascript:alert(1)", false)]
    [InlineData("ftp://example.com", false)]
    [InlineData("example.com", false)]
    [InlineData("", false)]
    public void IsWebAddress_Text_TakesAbsoluteHttpOnly(string text, bool expected) => Assert.Equal(expected, WebAddress.IsWebAddress(text));
}
