using LeadEngine.Leads;

namespace LeadEngine.Storage.Tests.Contract;

internal static class SampleProfiles
{
    /// <summary>Every member set, with texts that are easy to spoil.</summary>
    public static LeadProfile Full { get; } = new()
    {
        FirstName = "Ada \"Augusta\" \u0000",
        LastName = "Łovelace 👩‍💻",
        Uid = "u-1",
        Ip = "2001:db8::1",
        CountedIp = "",
        Referrer = "https://example.org/?a=1&b=<2>",
        SignupUrl = "https://example.org/signup",
        Source = "modal.123",
        SessionId = "s\\1",
        ClientRequestId = "r/1",
        RedirectUrl = "https://example.org/thanks",
        CustomFields =
        [
            new("zeta", "1.50"),
            new("company", "\"Acme\""),
            new("nested", "{\"b\":[1, 2,{\"a\":null}],\"b\":1e400}"),
            new("last_name", "true"),
            new("alpha", "[]"),
        ],
        Utm = [new("source", "news"), new("campaign", ""), new("a", "ü")],
        Tags = ["vip", "", "early bird"],
        CompletedActions = [long.MaxValue, -1, 0],
        OptedOut = true,
        SmsOptedOut = true,
        VerifiedEmail = true,
        VerifiedPhone = true,
        Waitlisted = true,
        Fraudulent = true,
        FraudReasons = ["duplicate_ip", "blocked"],
        ContactEmail = "ada@example.org",
        ContactPhone = "+15551230001",
        PhoneAsSent = "(555) 123-0001",
        Region = "CA",
        ZipCode = "90210",
        Link = "https://example.org/l/a?b=\"c\"",
        ExternalCreatedAt = new DateTimeOffset(2026, 2, 28, 23, 59, 59, TimeSpan.FromHours(-8)).AddTicks(1_234_567),
    };
}
