using System.Text.Json;
using LeadEngine.ApiHost.Dialects.SendKit;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Tests.Dialects.SendKit;

public sealed class LeadReaderTests
{
    [Fact]
    public void Read_AllFields_AreRead()
    {
        var fields = Read("""
            {"email":" John@ACME.com ","firstName":"John","lastName":"Doe","companyName":"Acme Corp","jobTitle":"VP of Sales",
             "phone":"(206) 555-0100","linkedinUrl":"https://linkedin.com/in/johndoe","city":"San Francisco","state":"CA","country":"US",
             "tags":["vip","enterprise"],"customFields":{"industry":"SaaS","revenue":"$10M"},"emailVerified":true,
             "emailVerificationResult":"valid"}
            """);
        Assert.Null(fields.Problem);
        var person = fields.ToPerson("US");
        Assert.Equal(("john@acme.com", "+12065550100"), (person.Email, person.Phone));
        Assert.Equal(("John", "Doe", "Acme Corp", "VP of Sales"),
            (person.Details.FirstName, person.Details.LastName, person.Details.CompanyName, person.Details.JobTitle));
        Assert.Equal(("https://linkedin.com/in/johndoe", "San Francisco", "CA", "US"),
            (person.Details.LinkedinUrl, person.Details.City, person.Details.State, person.Details.Country));
        Assert.Equal<string>(["vip", "enterprise"], person.Details.Tags);
        Assert.Equal<CustomField>([new("industry", "\"SaaS\""), new("revenue", "\"$10M\"")], person.Details.CustomFields);
        Assert.Equal((true, "valid"), (person.Details.EmailVerified, person.Details.EmailVerificationResult));
    }

    [Fact]
    public void Read_UnknownNames_AreCustomFields()
    {
        var fields = Read("""{"email":"a@example.com","industry":"SaaS","size":[1,{"b":2}],"_id":"665d4e5f6a7b8c9d0e1f2a3b","createdAt":"x"}""");
        Assert.Equal<CustomField>(
            [new("industry", "\"SaaS\""), new("size", "[1,{\"b\":2}]")], fields.ToPerson("US").Details.CustomFields);
    }

    [Theory]
    [InlineData("206-555-0100", "US", "+12065550100")]
    [InlineData("+44 20 7946 0958", "US", "+442079460958")]
    [InlineData("020 7946 0958", "GB", "+442079460958")]
    public void ToPerson_PhoneThatCanBeRead_IsNormalized(string phone, string region, string expected)
    {
        var person = Read(JsonSerializer.Serialize(new { email = "a@example.com", phone })).ToPerson(region);
        Assert.Equal(expected, person.Phone);
        Assert.Empty(person.Details.CustomFields);
    }

    [Fact]
    public void ToPerson_CountryThatIsARegion_SaysWhereThePhoneIsRead() =>
        Assert.Equal("+442079460958", Read("""{"email":"a@example.com","phone":"020 7946 0958","country":"gb"}""").ToPerson("US").Phone);

    [Theory]
    [InlineData("\"ext. 5, ask for \\\"Jo\\\"\"", "\"ext. 5, ask for \\u0022Jo\\u0022\"")]
    [InlineData("\"1\"", "\"1\"")]
    [InlineData("12", "\"12\"")]
    public void ToPerson_PhoneThatCannotBeRead_IsKeptAsSent(string phone, string expected)
    {
        var fields = Read($$"""{"email":"a@example.com","phone":{{phone}}}""");
        var person = fields.ToPerson("US");
        Assert.Null(fields.Problem);
        Assert.Null(person.Phone);
        Assert.Equal<CustomField>([new("phone", expected)], person.Details.CustomFields);
    }

    [Theory]
    [InlineData("""{"firstName":5}""", "firstName must be a string")]
    [InlineData("""{"firstName":"\u0000"}""", "firstName must be a string")]
    [InlineData("""{"lastName":"\ud800"}""", "lastName must be a string")]
    [InlineData("""{"companyName":["Acme"]}""", "companyName must be a string")]
    [InlineData("""{"tags":"vip"}""", "tags must be an array of strings of 1 to 255 characters")]
    [InlineData("""{"tags":["vip",7]}""", "tags must be an array of strings of 1 to 255 characters")]
    [InlineData("""{"tags":[""]}""", "tags must be an array of strings of 1 to 255 characters")]
    [InlineData("""{"customFields":[1]}""", "customFields must be an object")]
    [InlineData("""{"customFields":{"a":1e999}}""", "a holds a character or a number that cannot be kept")]
    [InlineData("""{"a":"\u0000"}""", "a holds a character or a number that cannot be kept")]
    [InlineData("""{"\u0000":1}""", "The name of a custom field must have 1 to 255 characters")]
    [InlineData("""{"":1}""", "The name of a custom field must have 1 to 255 characters")]
    [InlineData("""{"emailVerified":"yes"}""", "emailVerified must be true or false")]
    [InlineData("[]", "A lead must be an object")]
    [InlineData("null", "A lead must be an object")]
    public void Read_WrongValue_TellsWhich(string json, string problem) => Assert.Equal(problem, Read(json).Problem);

    [Fact]
    public void Read_LimitsExceeded_AreTold()
    {
        Assert.Equal("city is longer than 4096 bytes", Read(JsonSerializer.Serialize(new { city = new string('x', 4097) })).Problem);
        Assert.Equal("a is longer than 4096 bytes", Read(JsonSerializer.Serialize(new { a = new string('x', 4095) })).Problem);
        var many = Enumerable.Range(0, 101).ToDictionary(i => $"f{i}", i => i);
        Assert.Equal("A lead can have 100 custom fields at most", Read(JsonSerializer.Serialize(many)).Problem);
        Assert.Equal("A lead can have 100 tags at most",
            Read(JsonSerializer.Serialize(new { tags = Enumerable.Range(0, 101).Select(i => $"t{i}") })).Problem);
    }

    [Fact]
    public void Read_TagsEqualButForCase_AreOne() =>
        Assert.Equal<string>(["VIP", "b"], Read("""{"tags":["VIP"," vip ","b"]}""").Tags!.Value);

    [Fact]
    public void ToPatch_NullAndEmpty_TakeValuesAway()
    {
        var patch = Read("""{"firstName":null,"city":"","tags":null,"customFields":{"a":null,"b":1}}""").ToPatch("US");
        Assert.Equal(("", "", null), (patch.FirstName, patch.City, patch.LastName));
        Assert.Empty(patch.Tags!.Value);
        Assert.Equal<CustomField>([new("a", "null"), new("b", "1")], patch.CustomFields);
    }

    [Fact]
    public void ToPerson_NullAndEmpty_SayNothing()
    {
        var details = Read("""{"email":"a@example.com","firstName":null,"city":"","customFields":{"a":null}}""").ToPerson("US").Details;
        Assert.Equal((null, null), (details.FirstName, details.City));
        Assert.Empty(details.CustomFields);
    }

    [Theory]
    [InlineData("Anne-Marie", "Anne-Marie")]
    [InlineData("O'Neill Jr.", "O'Neill Jr.")]
    [InlineData(" ★ José ★ ", "José")]
    [InlineData("<b>Bob</b>", "bBobb")]
    [InlineData("王小明", "王小明")]
    [InlineData("", "")]
    public void Name_SpecialCharacters_AreStripped(string name, string expected) => Assert.Equal(expected, DataCleanup.Name(name));

    [Theory]
    [InlineData("linkedin.com/in/johndoe/", "https://linkedin.com/in/johndoe")]
    [InlineData("http://www.LinkedIn.com/in/JohnDoe?trk=x#y", "https://www.linkedin.com/in/JohnDoe")]
    [InlineData(" https://example.com/?a=b ", "https://example.com/?a=b")]
    [InlineData("notlinkedin", "notlinkedin")]
    public void LinkedinUrl_AnyForm_HasOneForm(string url, string expected) => Assert.Equal(expected, DataCleanup.LinkedinUrl(url));

    [Fact]
    public void Read_WithoutCleanUp_KeepsTextsAsSent()
    {
        using var json = JsonDocument.Parse("""{"firstName":" ★ José","linkedinUrl":"linkedin.com/in/x/"}""");
        var fields = LeadReader.Read(json.RootElement, cleansUp: false);
        Assert.Equal((" ★ José", "linkedin.com/in/x/"), (fields.FirstName, fields.LinkedinUrl));
    }

    private static LeadFields Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return LeadReader.Read(document.RootElement);
    }
}
