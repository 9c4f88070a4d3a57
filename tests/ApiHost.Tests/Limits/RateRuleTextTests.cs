using System.Net;
using LeadEngine.ApiHost.Limits;
using LeadEngine.ApiHost.Tests.Fakes;

namespace LeadEngine.ApiHost.Tests.Limits;

public sealed class RateRuleTextTests
{
    [Theory]
    [InlineData("10/60", "10/60")]
    [InlineData(" 10/60 ,20 / 180,", "10/60 20/180")]
    [InlineData("", "")]
    [InlineData("1000000000/600", "1000000000/600")]
    public void TryRead_Limits_AreRead(string text, string limits)
    {
        Assert.True(RateRuleText.TryRead(text, out var rule));
        Assert.Equal(limits, string.Join(' ', rule.Limits.Select(limit => $"{limit.Count}/{limit.Seconds}")));
    }

    [Theory]
    [InlineData("10")]
    [InlineData("10/60/5")]
    [InlineData("0/60")]
    [InlineData("10/0")]
    [InlineData("10/601")]
    [InlineData("1000000001/60")]
    [InlineData("-1/60")]
    [InlineData("ten/60")]
    [InlineData("1/1,1/2,1/3,1/4,1/5,1/6,1/7,1/8,1/9,1/10,1/11")]
    public void TryRead_NoLimits_AreNotRead(string text) => Assert.False(RateRuleText.TryRead(text, out _));

    [Fact]
    public void Options_AreThoseOfThePage()
    {
        var options = new RateLimitOptions();
        Assert.True(options.Enabled);
        Assert.Equal(
            ("100/60, 200/180, 300/540", "10/60, 20/180, 30/540", "50/60", "60/60"),
            (options.CampaignGets, options.CampaignPosts, options.ClientPosts, options.AccountDeletes));
    }

    [Theory]
    [InlineData("RateLimits:ClientPosts", "many", "RateLimits:ClientPosts must be limits")]
    [InlineData("Http:TrustedProxies", "10.0.0.0/33", "Http:TrustedProxies must be IP addresses")]
    [InlineData("Http:TrustedProxies", "proxy.example.com", "Http:TrustedProxies must be IP addresses")]
    public void Start_SettingThatSaysNothing_IsRefused(string name, string value, string expected) =>
        Assert.Contains(expected, StartCheck.RefusalOf(KeyValuePair.Create(name, (string?)value)), StringComparison.Ordinal);

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1", true)]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1", true)]
    [InlineData("192.0.2.1", "192.0.2.2", false)]
    [InlineData("2001:db8::1", "2001:db8::2:0:0:1", true)]
    [InlineData("2001:db8:0:0::1", "2001:db8:0:1::1", false)]
    [InlineData("192.0.2.1", "::192.0.2.1", false)]
    public void NumberOf_TwoAddresses_AreOneClientOrTwo(string one, string other, bool isOne) => Assert.Equal(
        isOne, ClientAddress.NumberOf(IPAddress.Parse(one)) == ClientAddress.NumberOf(IPAddress.Parse(other)));
}
