using System.Globalization;
using System.Text;
using LeadEngine.Fuzz.Requests;

namespace LeadEngine.Fuzz.Mutations;

/// <summary>Spoils headers: those that mean something here, and those that mean something to servers.</summary>
internal static class HeaderMutations
{
    private static readonly (string Name, string Value)[] Odd =
    [
        ("Accept", "text/html"), ("Accept", "nonsense"), ("Accept-Encoding", "gzip, br;q=nan"), ("Range", "bytes=0-1"),
        ("If-None-Match", "*"), ("If-Modified-Since", "yesterday"), ("X-HTTP-Method-Override", "DELETE"),
        ("X-Forwarded-For", "' or 1=1"), ("X-Forwarded-Host", "evil.example"), ("X-Forwarded-Proto", "javascript"),
        ("Forwarded", "for=\"[::1\""), ("X-Original-URL", "/admin/accounts"), ("Cookie", "a=b; a=c; \u0001"),
        ("Origin", "null"), ("Origin", "https://evil.example"), ("Origin", "' or 1=1"), ("Access-Control-Request-Method", "DELETE"),
        ("Access-Control-Request-Headers", "x, \u00e9, *"), ("Authorization", ""),
        ("Authorization", "Basic !!!"), ("Authorization", "Bearer"), ("Authorization", "Bearer  a b c"), ("Authentication", "\u00e9"),
        ("X-Api-Key", "sk_1_x"), ("X-Workspace-Id", "1"), ("X-Workspace-Id", "zzz"),
        ("X-Admin-Key", ""), ("X-Admin-Key", "\u00ff\u00fe"), ("Content-Language", "zz"), ("Content-MD5", "x"), ("traceparent", "00-zz"),
        ("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
        ("tracestate", "\u0001"), ("baggage", "a=%zz"), ("Expect", "nonsense"), ("Connection", "keep-alive, x-api-key"),
        ("Keep-Alive", "timeout=1"), ("Via", "1.1 \u00e9"), ("Max-Forwards", "-1"), ("Prefer", "respond-async"),
        ("User-Agent", "\u202e"), ("Date", "x"), ("TE", "trailers"), ("Trailer", "X-Late"), ("Warning", "\""), ("Referer", "\r"),
        ("From", "a@b"), ("Priority", "u=9"), ("Sec-WebSocket-Key", "x"),
    ];

    private static readonly string[] Hosts =
    [
        "", "evil.example", "127.0.0.1:99999", "[::1", "a b", "\u00e9", "127.0.0.1, x", "user@127.0.0.1", "127.0.0.1/x", "-", "xn--",
    ];

    private static readonly string[] Keys =
    [
        "", " ", "a b", "\u00e9", "fuzz-1", "fuzz-2", "fuzz-3", "'; drop table leads", "\u0001", "fuzz-1, fuzz-2",
    ];

    private static readonly (string, string)[] SeveralKeys = [("Idempotency-Key", "fuzz-1"), ("idempotency-key", "fuzz-1")];

    private static readonly string[] Injections =
        ["a\r\nX-Admin-Key: x", "a\nb: c", "a\r\n\r\nOPTIONS /v2 HTTP/1.1\r\nHost: x\r\n\r\n", "a\0b", "a\rb"];

    private static readonly string[] Upgrades = ["h2c", "websocket", "TLS/1.0"];

    private static readonly int[] Lengths = [255, 256, 1_000, 8_192, 16_384, 32_768, 70_000];

    public static readonly Mutation[] All =
    [
        Mutation.Of("odd header", 4, (draft, chance) => draft.Headers.Add(chance.Of(Odd))),
        Mutation.Of("idempotency key", 2, (draft, chance) => draft.Headers.Add(("Idempotency-Key", Key(chance)))),
        Mutation.Of("several idempotency keys", 0.7, (draft, _) => draft.Headers.AddRange(SeveralKeys)),
        Mutation.Of("sent again with its key", 2, Again),
        Mutation.Of("credentials twice", 1, Repeat),
        Spoil("header value odd", 1.5, chance => Latin(chance.Of(OddValues.Texts))),
        Spoil("header value long", 0.7, chance => new string('k', chance.Of(Lengths))),
        Mutation.Of("headers too many", 0.4, (draft, chance) => draft.Headers.AddRange(Numbered(chance.Of([50, 99, 101, 500])))),
        Broken("host", 1, (draft, chance) => draft.Headers.Add(("Host", chance.Of(Hosts)))),
        Broken("host twice", 0.3, (draft, _) => draft.Headers.AddRange([("Host", "127.0.0.1"), ("Host", "evil.example")])),
        Broken("header injected", 1, (draft, chance) => draft.Headers.Add(("X-Fuzz", chance.Of(Injections)))),
        Broken("header name", 0.7, (draft, chance) => draft.Headers.Add((chance.Of(["", " ", "a b", "a:b", "\u00e9", "(x)", "x\0"]), "x"))),
        Broken("header folded", 0.3, (draft, _) => draft.Headers.Add(("X-Fuzz", "a\r\n b"))),
        Broken("upgrade", 0.5, (draft, chance) => draft.Headers.AddRange([("Connection", "Upgrade"), ("Upgrade", chance.Of(Upgrades))])),
        Broken("expects to go on", 0.7, (draft, _) => draft.Headers.Add(("Expect", "100-continue"))),
    ];

    private static Mutation Broken(string name, double weight, Action<Draft, Chance> apply) => Mutation.Of(name, weight, (draft, chance) =>
    {
        apply(draft, chance);
        draft.IsBroken = true;
    });

    private static Mutation Spoil(string name, double weight, Func<Chance, string> value) => new(name, weight, (draft, chance) =>
    {
        if (draft.Headers.Count == 0) return false;
        var at = chance.Random.Next(draft.Headers.Count);
        draft.Headers[at] = (draft.Headers[at].Name, value(chance));
        draft.IsBroken = true;
        return true;
    });

    private static void Again(Draft draft, Chance chance)
    {
        draft.Headers.RemoveAll(header => header.Name == "Idempotency-Key");
        draft.Headers.Add(("Idempotency-Key", $"fuzz-again-{draft.Number}"));
        draft.Copies = chance.Between(2, 4);
    }

    private static void Repeat(Draft draft, Chance chance)
    {
        var header = chance.Of(["Authorization", "X-Api-Key", "x-api-key", "X-Admin-Key"]);
        draft.Headers.AddRange([(header, "Bearer sk_1_x"), (header, "Bearer sk_2_y")]);
    }

    private static string Key(Chance chance) => chance.Happens(0.5) ? chance.Of(Keys) : new string('k', chance.Of(Lengths));

    private static IEnumerable<(string, string)> Numbered(int count) =>
        Enumerable.Range(0, count).Select(number => (string.Create(CultureInfo.InvariantCulture, $"X-Fuzz-{number}"), "x"));

    // As it would look when its UTF-8 is put into a header as it is.
    private static string Latin(string text) => Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));
}
