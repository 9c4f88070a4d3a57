using LeadEngine.People;
using LeadEngine.Storage.Tests.Contract;

namespace LeadEngine.Storage.Tests;

public sealed class SearchTermsTests
{
    [Fact]
    public void Of_Everything_IsWordsAndMarks()
    {
        var person = Person("ada.lovelace@x.org", "+15551230001", new()
        {
            FirstName = "Ada Augusta",
            LastName = "King-Noel",
            CompanyName = "Acme (UK) Ltd",
            JobTitle = "Countess",
            City = "London",
            Country = "GB",
            Tags = ["VIP", "Early Bird"],
            EmailVerified = true,
        });

        Assert.Equal(
            [
                "c:gb", "t:early bird", "t:vip", "v:1",
                "w:15551230001", "w:5551230001", "w:acme", "w:ada.lovelace@x.org", "w:augusta", "w:king", "w:lovelace", "w:ltd",
                "w:noel", "w:org", "w:uk", "w:x",
            ],
            SearchTerms.Of(person).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Of_NothingKnown_IsNotVerified() => Assert.Equal(["w:4420", "v:0"], SearchTerms.Of(Person(null, "+4420", new())));

    [Theory]
    [InlineData("ÉCLAIR", "w:éclair")]
    [InlineData("e\u0301clair", "w:éclair")]
    [InlineData("हिन्दी", "w:हिन्दी")]
    [InlineData("𝒜da", "w:𝒜da")]
    public void Of_LettersOfAnyScript_AreFoldedIntoOneForm(string name, string term) =>
        Assert.Contains(term, SearchTerms.Of(Person("a@x.org", null, new() { FirstName = name })));

    [Fact]
    public void Of_TextsThatAreTooLong_AreCutBetweenCharacters()
    {
        var details = new PersonDetails { FirstName = new string('a', 300), Tags = [new string('b', 254) + "👩tail", "n\0l"] };

        var terms = SearchTerms.Of(Person("a@x.org", null, details));

        Assert.Contains("w:" + new string('a', 255), terms);
        Assert.Contains("t:" + new string('b', 254), terms);
        Assert.Contains("t:n\uFFFDl", terms);
    }

    [Fact]
    public void Of_TextThatCannotBeComposed_IsNoFault() =>
        Assert.Contains("w:ada", SearchTerms.Of(Person("a@x.org", null, new() { FirstName = "Ada\uFFFE" })));

    [Theory]
    [InlineData("Ada  LOVE", "w:ada w:love")]
    [InlineData("o'brien-x", "w:brien w:o w:x")]
    [InlineData("ada.lovelace@X.org", "w:ada.lovelace@x.org")]
    [InlineData("@x.org", "w:org w:x")]
    [InlineData("ada.lovelace", "w:ada w:lovelace")]
    [InlineData("+1 (555) 123-0001", "w:15551230001")]
    [InlineData("555-1230", "w:5551230")]
    [InlineData("555", "w:555")]
    [InlineData("12 34", "w:12 w:34")]
    [InlineData("ada 5551230001", "w:5551230001 w:ada")]
    [InlineData(" !? ", "")]
    [InlineData("", "")]
    public void Prefixes_Search_AreTheBeginningsOfItsWords(string search, string prefixes) =>
        Assert.Equal(prefixes, string.Join(' ', SearchTerms.Prefixes(search).Order(StringComparer.Ordinal)));

    [Theory]
    [InlineData("ad love", true)]
    [InlineData("ada@x", true)]
    [InlineData("5551230", true)]
    [InlineData("+1 555 123", true)]
    [InlineData("da", false)]
    [InlineData("ada bob", false)]
    [InlineData("bob@x", false)]
    [InlineData("555 123", false)]
    public void Matches_Search_NeedsEachWordToBeginOne(string search, bool isMatch) => AssertMatch(new() { Search = search }, isMatch);

    [Fact]
    public void Matches_Tags_NeedsOneOfThem()
    {
        AssertMatch(new() { Tags = ["other", "VIP"] }, true);
        AssertMatch(new() { Tags = ["vi", "other"] }, false);
    }

    [Fact]
    public void Matches_CountryAndVerification_AreExact()
    {
        AssertMatch(new() { Country = "Gb", EmailVerified = true }, true);
        AssertMatch(new() { Country = "G" }, false);
        AssertMatch(new() { EmailVerified = false }, false);
    }

    [Fact]
    public void Matches_NothingAsked_IsEverybody()
    {
        Assert.True(SearchQuery.Of(new() { Search = " ", Country = "", Tags = default }).IsEmpty);
        AssertMatch(new() { Search = "?" }, true);
    }

    private static void AssertMatch(PeopleFilter filter, bool isMatch)
    {
        var ada = Person(
            "ada@x.org", "+15551230001", new() { FirstName = "Ada", LastName = "Lovelace", Country = "GB", Tags = ["Vip"], EmailVerified = true });
        Assert.Equal(isMatch, SearchQuery.Of(filter).Matches(ada));
    }

    private static Person Person(string? email, string? phone, PersonDetails details) => new()
    {
        Id = 1,
        AccountId = 1,
        Version = 1,
        Email = email,
        Phone = phone,
        CreatedAt = Make.Noon,
        UpdatedAt = Make.Noon,
        Details = details,
    };
}
