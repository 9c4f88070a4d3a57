using PhoneNumbers;

namespace LeadEngine.PhoneNumbers.Tests;

public sealed class ParseTests
{
    private static readonly PhoneNumberUtil Phones = PhoneNumberUtil.GetInstance();

    [Theory]
    [InlineData("US", "(415) 555-2671", "+14155552671")]
    [InlineData("US", "415.555.2671", "+14155552671")]
    [InlineData("US", "1-415-555-2671", "+14155552671")]
    [InlineData("US", "14155552671", "+14155552671")]
    [InlineData("US", "+1 415 555 2671", "+14155552671")]
    [InlineData("US", "011 44 20 7946 0018", "+442079460018")]
    [InlineData("GB", "020 7946 0018", "+442079460018")]
    [InlineData("GB", "+44 (0)20 7946 0018", "+442079460018")]
    [InlineData("GB", "00 1 415 555 2671", "+14155552671")]
    [InlineData("DE", "030 901820", "+4930901820")]
    [InlineData("DE", "4930901820", "+4930901820")]
    [InlineData("FR", "06 12 34 56 78", "+33612345678")]
    [InlineData("IT", "06 6982 0000", "+390669820000")]
    [InlineData("VA", "+39 06 6982 0000", "+390669820000")]
    [InlineData("AR", "011 15-2345-6789", "+5491123456789")]
    [InlineData("BR", "0 15 21 2345-6789", "+552123456789")]
    [InlineData("MX", "55 1234 5678", "+525512345678")]
    [InlineData("RU", "8 (495) 123-45-67", "+74951234567")]
    [InlineData("KZ", "8 701 123 45 67", "+77011234567")]
    [InlineData("HU", "06 1 234 5678", "+3612345678")]
    [InlineData("JP", "03-1234-5678", "+81312345678")]
    [InlineData("JP", "010 1 415 555 2671", "+14155552671")]
    [InlineData("AU", "0412 345 678", "+61412345678")]
    [InlineData("AU", "0011 1 415 555 2671", "+14155552671")]
    [InlineData("NZ", "021 123 4567", "+64211234567")]
    [InlineData("IN", "098765 43210", "+919876543210")]
    [InlineData("CN", "010 1234 5678", "+861012345678")]
    [InlineData("SG", "6123 4567", "+6561234567")]
    [InlineData("KR", "02-123-4567", "+8221234567")]
    [InlineData("AG", "464 1234", "+12684641234")]
    [InlineData("SM", "885566", "+3780549885566")]
    [InlineData("US", "+800 1234 5678", "+80012345678")]
    [InlineData("US", "+883 5100 00000100", "+883510000000100")]
    public void Parse_NumberAsDialledInItsRegion_GivesE164(string region, string written, string expected) =>
        Assert.Equal(expected, E164(written, region));

    [Theory]
    [InlineData("＋１ (415) 555-2671")]
    [InlineData("+١٤١٥٥٥٥٢٦٧١")]
    [InlineData("+۱۴۱۵۵۵۵۲۶۷۱")]
    [InlineData("+1\u00A0415\u2010555\u20132671")]
    [InlineData("Call me: +1 415 555 2671!")]
    [InlineData("+1 415-555-2671 ext. 42")]
    [InlineData("+1 415-555-2671 x42")]
    [InlineData("+1 415-555-2671 extensión 42")]
    [InlineData("+1 415-555-2671 доб. 42")]
    [InlineData("+1 415-555-2671 # 42")]
    [InlineData("+1 415-555-2671 - 42#")]
    [InlineData("+1 415-555-2671,,42")]
    [InlineData("+1 415-555-2671;ext=42")]
    [InlineData("+1 415-555-2671 x42/x43")]
    [InlineData("tel:+1-415-555-2671;ext=42")]
    [InlineData("tel:+1-415-555-2671;isub=12345")]
    [InlineData("tel:415-555-2671;phone-context=+1")]
    [InlineData("415-555-2671;phone-context=example.com")]
    public void Parse_UnusualForm_ReadsTheSameNumber(string written) => Assert.Equal("+14155552671", E164(written, "US"));

    [Theory]
    [InlineData("1-800-FLOWERS", "+18003569377")]
    [InlineData("1 800 go fedex", "+18004633339")]
    [InlineData("+1 (800) Six-Flags", "+180074935247")]
    public void Parse_Letters_AreReadAsKeys(string written, string expected) => Assert.Equal(expected, E164(written, "US"));

    [Theory]
    [InlineData("", ErrorType.NOT_A_NUMBER)]
    [InlineData("hello", ErrorType.NOT_A_NUMBER)]
    [InlineData("12 3+45", ErrorType.NOT_A_NUMBER)]
    [InlineData("415-555;phone-context=", ErrorType.NOT_A_NUMBER)]
    [InlineData("415-555-2671;phone-context=1 2", ErrorType.NOT_A_NUMBER)]
    [InlineData("+0 415 555 2671", ErrorType.INVALID_COUNTRY_CODE)]
    [InlineData("+210 555 2671", ErrorType.INVALID_COUNTRY_CODE)]
    [InlineData("01144", ErrorType.TOO_SHORT_AFTER_IDD)]
    [InlineData("+44 1", ErrorType.TOO_SHORT_NSN)]
    [InlineData("234567890123456789", ErrorType.TOO_LONG)]
    public void Parse_BrokenText_SaysWhy(string written, ErrorType expected)
    {
        var thrown = Assert.Throws<NumberParseException>(() => Phones.Parse(written, "US"));
        Assert.Equal(expected, thrown.ErrorType);
    }

    [Fact]
    public void Parse_Null_IsNotANumber() =>
        Assert.Equal(ErrorType.NOT_A_NUMBER, Assert.Throws<NumberParseException>(() => Phones.Parse(null!, "US")).ErrorType);

    [Fact]
    public void Parse_MoreThan250Characters_IsTooLong()
    {
        Assert.Equal("+14155552671", E164(new string(' ', 238) + "+14155552671", "US"));
        var thrown = Assert.Throws<NumberParseException>(() => Phones.Parse(new string(' ', 239) + "+14155552671", "US"));
        Assert.Equal(ErrorType.TOO_LONG, thrown.ErrorType);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ZZ")]
    [InlineData("us")]
    public void Parse_WithoutRegion_NeedsACallingCode(string? region)
    {
        Assert.Equal("+14155552671", E164("+14155552671", region));
        var thrown = Assert.Throws<NumberParseException>(() => Phones.Parse("4155552671", region));
        Assert.Equal(ErrorType.INVALID_COUNTRY_CODE, thrown.ErrorType);
    }

    [Fact]
    public void Parse_ItalianNumber_KeepsItsZeros()
    {
        var number = Phones.Parse("+39 0012 345 678", "US");
        Assert.Equal((39, 12345678ul, 2), (number.CountryCode, number.NationalNumber, number.NumberOfLeadingZeros));
    }

    private static string E164(string written, string? region) => Phones.Format(Phones.Parse(written, region), PhoneNumberFormat.E164);
}
