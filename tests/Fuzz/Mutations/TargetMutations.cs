using LeadEngine.Fuzz.Requests;

namespace LeadEngine.Fuzz.Mutations;

/// <summary>Spoils method, path and version.</summary>
internal static class TargetMutations
{
    private static readonly string[] Methods =
    [
        "GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "PROPFIND", "QUERY", "PURGE", "X",
    ];
    private static readonly string[] BrokenMethods =
    [
        "", "get", "POST\t", "CONNECT", "G\u00e9T", "OPTIONS /v2 HTTP/1.1\r\nHost: x\r\n\r\nPOST", "\0", "POST\r\n", "(GET)",
    ];
    private static readonly string[] Versions =
    [
        "HTTP/1.0", "HTTP/0.9", "HTTP/1.2", "HTTP/2.0", "HTTP/2", "HTTP/11", "http/1.1", "", "FTP/1.1", "HTTP/1.1 x",
    ];
    private static readonly string[] Segments =
    [
        "0", "-1", "9223372036854775807", "9223372036854775808", "99999999999999999999999999999999", "1.5", "1e3", "0x10", "abc", "null",
        "%20", "%00", "%2F", "%2e%2e", "..", ".", ";a=b", "%c0%ae", "%u0041", "%", "%zz", "*", "'", "%27",
        "%F0%9F%92%A9", "%ED%A0%80", "+1", "%2B1", "{id}", "ffffffffffffffffffffffff", "000000000000000000000000",
        "zzzzzzzzzzzzzzzzzzzzzzzz", "AbCdEf12", "~", "%0d%0aX-Injected:%20yes",
    ];

    private static readonly string[] Ends =
    [
        "/", "//", "/.", "/..", "/%2e%2e/%2e%2e", "%00", "%20", ";x", ".json", "?", "#x", "/%2F", "%", "/extra", "\\", "\u00e9", "%ff",
    ];
    private static readonly string[] Queries =
    [
        "&", "&&=&", "a", "=b", "%", "%zz=%", "%00=%00", "%ff=%ff", "%ED%A0%80=1", "a=b&a=c", "a[]=1", "a.b=1", "+=+",
        "email=a@b.example&email=c@d.example", "?", "limit=1e3", "limit=-1", "limit=99999999999", "after=x", "after=-1", "cursor=x",
        "cursor=%00", "\u00e9=1",
    ];

    private static readonly int[] Lengths = [1_000, 8_000, 31_000, 33_000, 70_000];

    private static readonly string[] BrokenTargets =
        ["*", "", " ", "x", "http://evil.example/v2", "//evil.example/v2", "http://[::1/", "/\u0001", "/ /", "/%"];

    public static readonly Mutation[] All =
    [
        Mutation.Of("method", 3, ChangeMethod),
        Of("method broken", 0.7, isBroken: true, (draft, chance) => draft.Method = chance.Of(BrokenMethods)),
        Of("version", 0.7, isBroken: true, (draft, chance) => draft.Version = chance.Of(Versions)),
        Of("id of the path", 3, isBroken: false, ReplaceSegment),
        Of("end of the path", 1.5, isBroken: false, (draft, chance) => draft.Path += chance.Of(Ends)),
        Of("path encoded", 0.7, isBroken: false, (draft, chance) => draft.Path = Encode(draft.Path, chance)),
        Of("case of the path", 0.5, isBroken: false, (draft, _) => draft.Path = draft.Path.ToUpperInvariant()),
        Of("target long", 0.5, isBroken: true, (draft, chance) => draft.QueryEnd += $"&x={new string('q', chance.Of(Lengths))}"),
        Of("path long", 0.3, isBroken: true, (draft, chance) => draft.Path += $"/{new string('p', chance.Of(Lengths))}"),
        Of("target broken", 0.7, isBroken: true, (draft, chance) => draft.Path = chance.Of([.. BrokenTargets, $"http://127.0.0.1{draft.Path}"])),
        Mutation.Of("odd query", 2, (draft, chance) => draft.QueryEnd += $"&{chance.Of(Queries)}"),
    ];

    private static Mutation Of(string name, double weight, bool isBroken, Action<Draft, Chance> apply) =>
        Mutation.Of(name, weight, (draft, chance) =>
        {
            apply(draft, chance);
            draft.IsOddTarget = true;
            draft.IsBroken |= isBroken;
        });

    // Nobody may be taken away who is asked about afterwards.
    private static void ChangeMethod(Draft draft, Chance chance)
    {
        var method = chance.Of(Methods);
        draft.Method = method == "DELETE" && draft.Account.KeepsAll ? "PURGE" : method;
    }

    private static void ReplaceSegment(Draft draft, Chance chance)
    {
        var segments = draft.Path.Split('/');
        List<int> ids = [.. Enumerable.Range(0, segments.Length).Where(at => IsId(segments[at]))];
        var at = ids.Count > 0 ? chance.Of(ids) : segments.Length - 1;
        segments[at] = chance.Of(Segments);
        draft.Path = string.Join('/', segments);
    }

    private static bool IsId(string segment) => segment.Any(char.IsDigit) && segment is not ("v1" or "v2");

    private static string Encode(string path, Chance chance) => string.Concat(path.Select(letter =>
        letter != '/' && char.IsAscii(letter) && letter != '%' && chance.Happens(0.4) ? Uri.HexEscape(letter) : letter.ToString()));

}
