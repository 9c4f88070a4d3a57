using PhoneNumbers;

namespace LeadEngine.PhoneNumbers.Tests;

public sealed class PlanTests
{
    private static readonly PhoneNumberUtil Phones = PhoneNumberUtil.GetInstance();

    [Theory]
    [InlineData("+14155552671", "US")]
    [InlineData("+14165550123", "CA")]
    [InlineData("+12684641234", "AG")]
    [InlineData("+18765550123", "JM")]
    [InlineData("+442079460018", "GB")]
    [InlineData("+441534123456", "JE")]
    [InlineData("+441624756789", "IM")]
    [InlineData("+74951234567", "RU")]
    [InlineData("+77011234567", "KZ")]
    [InlineData("+390669812345", "VA")]
    [InlineData("+390612345678", "IT")]
    [InlineData("+80012345678", "001")]
    public void IsValidNumber_NumberInUse_IsValidInItsRegion(string e164, string region)
    {
        var number = Phones.Parse(e164, null);
        Assert.True(Phones.IsValidNumber(number));
        Assert.Equal(region, Phones.GetRegionCodeForNumber(number));
    }

    [Theory]
    [InlineData("+1415555267")]
    [InlineData("+141555526711")]
    [InlineData("+11155552671")]
    [InlineData("+15555552671")]
    [InlineData("+440000000000")]
    [InlineData("+39123")]
    [InlineData("+8001234567")]
    public void IsValidNumber_NumberOfNoRange_IsNotValid(string e164) => Assert.False(Phones.IsValidNumber(Phones.Parse(e164, null)));

    [Fact]
    public void GetRegionCodeForNumber_NumberOfNoPlan_IsNull() => Assert.Null(Phones.GetRegionCodeForNumber(Phones.Parse("+11155552671", null)));

    [Theory]
    [InlineData("US", 1)]
    [InlineData("CA", 1)]
    [InlineData("GB", 44)]
    [InlineData("AQ", 0)]
    [InlineData("us", 0)]
    [InlineData("001", 0)]
    public void GetCountryCodeForRegion_Region_GivesCallingCode(string region, int expected) =>
        Assert.Equal(expected, Phones.GetCountryCodeForRegion(region));

    [Theory]
    [InlineData(1, "US")]
    [InlineData(7, "RU")]
    [InlineData(44, "GB")]
    [InlineData(800, "001")]
    [InlineData(0, "ZZ")]
    [InlineData(-1, "ZZ")]
    [InlineData(999, "ZZ")]
    [InlineData(100_000, "ZZ")]
    public void GetRegionCodeForCountryCode_CallingCode_GivesMainRegion(int callingCode, string expected) =>
        Assert.Equal(expected, Phones.GetRegionCodeForCountryCode(callingCode));

    [Fact]
    public void GetSupportedRegions_Always_AreTheTwoLetterRegions()
    {
        var regions = Phones.GetSupportedRegions();
        Assert.Equal(245, regions.Count);
        Assert.All(regions, region => Assert.True(region.Length == 2 && Phones.GetCountryCodeForRegion(region) > 0));
    }
}
