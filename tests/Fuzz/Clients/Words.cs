namespace LeadEngine.Fuzz.Clients;

/// <summary>Harmless values.</summary>
internal static class Words
{
    public static readonly string[] Names = ["Ada", "Grace", "Zoë", "李雷", "O'Brien", "van der Berg", "Ångström", "X"];
    public static readonly string[] Labels = ["vip", "beta", "us-west", "News Letter", "2026", "ночь", "a", "launch"];
    public static readonly string[] States = ["CA", "WA", "NY", "TX", "PR", "DC", "AE"];
    public static readonly string[] Zips = ["90210", "98101", "10001", "06390", "00501", "96701", "33101-1234"];
    public static readonly string[] Countries = ["US", "DE", "GB", "FR", "CA", "JP"];
    public static readonly string[] CountryCodes = ["1", "+1", "US", "us"];
    public static readonly string[] Pages =
        ["https://www.example.com/", "http://example.org/a?b=c#d", "https://user@example.com:8443/x%20y", "https://xn--bcher-kva.example/"];

    public static readonly string[] Times =
    [
        "2022-11-15T21:04:28-0600", "2024-02-29T00:00:00Z", "2025-07-15T14:29:23-04:00", "1999-12-31T23:59:59.999+14:00",
    ];
    public static readonly string[] Addresses = ["203.0.113.9", "2001:db8::1", "::ffff:198.51.100.7", " 192.0.2.1 "];
    public static readonly string[] Statuses = ["open", "ended", "locked", "open", "open", "active", "draft", "pending", "paused"];
    public static readonly string[] Actions = ["pause", "resume", "remove"];
    public static readonly string[] Events =
        ["new_signup", "repeat_signup", "score_change", "referral", "fraudulent", "opted_out", "tagged", "reward_level"];

    public static readonly string[] SendKitEvents =
        ["lead.created", "lead.removed", "lead.tag_changed", "lead.opted_out", "lead.link_clicked", "dnc.created"];

    public static readonly string[] AdminEvents =
    [
        "signup", "repeat_signup", "score_change", "referral", "fraudulent", "opted_out", "tagged", "reward_level", "do_not_contact",
        "link_clicked", "removed",
    ];

    public static readonly string[] Channels = ["kickofflabs", "aktify", "sendkit"];
    public static readonly string[] Origins = ["*", "https://www.example.com", "http://example.org:8080"];
    public static readonly string[] Domains = ["spam.example", "bücher.example", ".shop.example"];

    // Nobody is there, or nobody who may be reached: what is sent has to be given up, and hold up nothing.
    public static readonly string[] Receivers = ["https://hooks.invalid/a", "http://127.0.0.1:9/", "http://[::1]:9/x", "https://169.254.169.254/"];

    public static readonly string[] Strategies = ["as_received", "earliest_first", "latest_first"];
    public static readonly long[] Points = [1, 100, -50, 99_999, -99_999, 0];
    public static readonly long[] Limits = [1, 2, 50, 100, 1_000];
}
