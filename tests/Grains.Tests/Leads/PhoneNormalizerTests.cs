using LeadEngine.Grains.Leads;

namespace LeadEngine.Grains.Tests.Leads;

public sealed class PhoneNormalizerTests
{
    [Theory]
    [InlineData("(206) 555-0100", null, "US", "+12065550100")]
    [InlineData("+1 206 555 0100", null, "DE", "+12065550100")]
    [InlineData("206.555.0100", "1", "DE", "+12065550100")]
    [InlineData("206 555 0100", "+1", "DE", "+12065550100")]
    [InlineData("2065550100", "US", "DE", "+12065550100")]
    [InlineData("2065550100", "us", "DE", "+12065550100")]
    [InlineData("12065550100", "1", "DE", "+12065550100")]
    [InlineData("020 7946 0018", "44", "US", "+442079460018")]
    [InlineData("+44 20 7946 0018", "1", "US", "+442079460018")]
    [InlineData("020 7946 0018", null, "GB", "+442079460018")]
    public void Normalize_AnyWrittenForm_IsE164(string text, string? countryCode, string region, string expected) =>
        Assert.Equal(expected, PhoneNormalizer.Normalize(text, countryCode, region));

    [Theory]
    [InlineData("", null)]
    [InlineData("hello", null)]
    [InlineData("555-0100", null)]
    [InlineData("206 555 0100", "999")]
    [InlineData("206 555 0100", "9999999999")]
    [InlineData("206 555 0100", "XX")]
    [InlineData("+1 206 555", null)]
    public void Normalize_NoNumber_IsNull(string text, string? countryCode) => Assert.Null(PhoneNormalizer.Normalize(text, countryCode, "US"));

    [Theory]
    [InlineData("US", true)]
    [InlineData("DE", true)]
    [InlineData("", false)]
    [InlineData("ZZ", false)]
    [InlineData("USA", false)]
    public void IsRegion_OnlyRegionsWithANumberingPlan(string region, bool expected) => Assert.Equal(expected, PhoneNormalizer.IsRegion(region));
}
