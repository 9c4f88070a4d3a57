using LeadEngine.ApiHost.Dialects.Aktify;

namespace LeadEngine.ApiHost.Tests.Dialects.Aktify;

public sealed class UsStatesTests
{
    private const string All =
        "AA AE AK AL AP AR AS AZ CA CO CT DC DE FL FM GA GU HI IA ID IL IN KS KY LA MA MD ME MH MI MN MO MP MS MT NC ND NE NH NJ NM NV NY OH "
        + "OK OR PA PR PW RI SC SD TN TX UT VA VI VT WA WI WV WY";

    [Fact]
    public void Find_EveryUspsCode_IsAState() => Assert.All(All.Split(' '), code => Assert.Equal(code, UsStates.Find(code)));

    [Fact]
    public void Find_AllOtherPairsOfLetters_AreNone()
    {
        var known = All.Split(' ').ToHashSet();
        var letters = Enumerable.Range('A', 26).Select(letter => (char)letter).ToList();
        var others = letters.SelectMany(first => letters.Select(second => $"{first}{second}")).Where(code => !known.Contains(code)).ToList();
        Assert.Equal((26 * 26) - 62, others.Count);
        Assert.All(others, code => Assert.Null(UsStates.Find(code)));
    }

    [Theory]
    [InlineData("ca")]
    [InlineData("Ca")]
    public void Find_OtherCase_IsTheSame(string code) => Assert.Equal("CA", UsStates.Find(code));

    [Theory]
    [InlineData("")]
    [InlineData("C")]
    [InlineData("California")]
    [InlineData("US-CA")]
    [InlineData("UM")]
    [InlineData("ON")]
    public void Find_NoCode_IsNone(string code) => Assert.Null(UsStates.Find(code));

    // One of each state, and the ends of ranges.
    [Theory]
    [InlineData("34002", "AA")]
    [InlineData("09001", "AE")]
    [InlineData("09898", "AE")]
    [InlineData("99501", "AK")]
    [InlineData("99950", "AK")]
    [InlineData("35201", "AL")]
    [InlineData("36925", "AL")]
    [InlineData("96201", "AP")]
    [InlineData("96698", "AP")]
    [InlineData("72201", "AR")]
    [InlineData("85001", "AZ")]
    [InlineData("85122", "AZ")]
    [InlineData("86556", "AZ")]
    [InlineData("90001", "CA")]
    [InlineData("90210", "CA")]
    [InlineData("96162", "CA")]
    [InlineData("80202", "CO")]
    [InlineData("06103", "CT")]
    [InlineData("20001", "DC")]
    [InlineData("20500", "DC")]
    [InlineData("19901", "DE")]
    [InlineData("33101", "FL")]
    [InlineData("34997", "FL")]
    [InlineData("30301", "GA")]
    [InlineData("39901", "GA")]
    [InlineData("96910", "GU")]
    [InlineData("96813", "HI")]
    [InlineData("50309", "IA")]
    [InlineData("83702", "ID")]
    [InlineData("60601", "IL")]
    [InlineData("46204", "IN")]
    [InlineData("66603", "KS")]
    [InlineData("40202", "KY")]
    [InlineData("42223", "KY")]
    [InlineData("70112", "LA")]
    [InlineData("02108", "MA")]
    [InlineData("05501", "MA")]
    [InlineData("21201", "MD")]
    [InlineData("04101", "ME")]
    [InlineData("48226", "MI")]
    [InlineData("55401", "MN")]
    [InlineData("63101", "MO")]
    [InlineData("39201", "MS")]
    [InlineData("59601", "MT")]
    [InlineData("27601", "NC")]
    [InlineData("58102", "ND")]
    [InlineData("68102", "NE")]
    [InlineData("03101", "NH")]
    [InlineData("07102", "NJ")]
    [InlineData("87501", "NM")]
    [InlineData("89101", "NV")]
    [InlineData("10001", "NY")]
    [InlineData("00501", "NY")]
    [InlineData("43215", "OH")]
    [InlineData("45999", "OH")]
    [InlineData("73102", "OK")]
    [InlineData("97201", "OR")]
    [InlineData("19103", "PA")]
    [InlineData("00901", "PR")]
    [InlineData("00601", "PR")]
    [InlineData("02903", "RI")]
    [InlineData("29201", "SC")]
    [InlineData("57501", "SD")]
    [InlineData("37201", "TN")]
    [InlineData("75201", "TX")]
    [InlineData("73301", "TX")]
    [InlineData("88510", "TX")]
    [InlineData("84101", "UT")]
    [InlineData("23219", "VA")]
    [InlineData("20101", "VA")]
    [InlineData("00802", "VI")]
    [InlineData("05601", "VT")]
    [InlineData("98101", "WA")]
    [InlineData("53202", "WI")]
    [InlineData("25301", "WV")]
    [InlineData("82001", "WY")]
    public void OfZip_Prefix_SaysTheState(string zip, string state) => Assert.Equal(state, UsStates.OfZip(zip));

    [Theory]
    [InlineData("06390", "NY", "06389")]
    [InlineData("20588", "MD", "20500")]
    [InlineData("20598", "VA", "20599")]
    [InlineData("83414", "WY", "83415")]
    [InlineData("96799", "AS", "96798")]
    [InlineData("96939", "PW", "96938")]
    [InlineData("96940", "PW", "96932")]
    [InlineData("96941", "FM", "96931")]
    [InlineData("96944", "FM", "96945")]
    [InlineData("96950", "MP", "96949")]
    [InlineData("96952", "MP", "96953")]
    [InlineData("96960", "MH", "96961")]
    [InlineData("96970", "MH", "96971")]
    public void OfZip_Exception_BeatsItsPrefix(string zip, string state, string neighbour)
    {
        Assert.Equal(state, UsStates.OfZip(zip));
        Assert.NotEqual(state, UsStates.OfZip(neighbour));
    }

    [Theory]
    [InlineData("90210-1234")]
    [InlineData("902101234")]
    public void OfZip_FourMoreDigits_SayNothingNew(string zip) => Assert.Equal("CA", UsStates.OfZip(zip));

    [Theory]
    [InlineData("00000")]
    [InlineData("00401")]
    [InlineData("21301")]
    [InlineData("26901")]
    [InlineData("34301")]
    [InlineData("35301")]
    [InlineData("51801")]
    [InlineData("57801")]
    [InlineData("69901")]
    [InlineData("70201")]
    [InlineData("81901")]
    [InlineData("85401")]
    [InlineData("88801")]
    [InlineData("92901")]
    [InlineData("98701")]
    public void OfZip_PrefixOfNobody_IsNone(string zip) => Assert.Null(UsStates.OfZip(zip));

    [Theory]
    [InlineData("")]
    [InlineData("9021")]
    [InlineData("902101")]
    [InlineData("90210-")]
    [InlineData("90210-123")]
    [InlineData("90210 1234")]
    [InlineData("-902101234")]
    [InlineData("9021O")]
    [InlineData("٩٠٢١٠")]
    [InlineData("K1A 0B1")]
    public void OfZip_NoZip_IsNone(string zip) => Assert.Null(UsStates.OfZip(zip));
}
