using LeadEngine.People;

namespace LeadEngine.Storage.Tests.Contract;

internal static class SamplePeople
{
    /// <summary>Every member set, with texts that are easy to spoil.</summary>
    public static PersonDetails Full { get; } = new()
    {
        FirstName = "Ada \"Augusta\" \u0000",
        LastName = "Łovelace 👩‍💻",
        CompanyName = "Acme & Söhne",
        JobTitle = "Countess\\Analyst",
        LinkedinUrl = "https://linkedin.example/in/ada?x=<1>",
        City = "London",
        State = "",
        Country = "GB",
        Tags = ["VIP", "early bird", ""],
        CustomFields = [new("zeta", "1.50"), new("alpha", "{\"b\":[1, 2],\"b\":1e400}"), new("tags", "null")],
        EmailVerified = true,
        EmailVerificationResult = "valid",
    };
}
