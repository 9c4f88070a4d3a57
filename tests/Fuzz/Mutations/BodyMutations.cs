using System.IO.Compression;
using System.Text;
using LeadEngine.Fuzz.Requests;

namespace LeadEngine.Fuzz.Mutations;

/// <summary>Spoils the body as a whole, and what it says it is.</summary>
internal static class BodyMutations
{
    private const int Mebibyte = 1 << 20;

    private static readonly string[] ContentTypes =
    [
        "", " ", "text/plain", "text/html", "application/xml", "application/octet-stream", "application/json; charset=utf-16",
        "application/json; charset=utf-7", "application/json; charset=latin1",
        "application/json; charset=nonsense", "application/json; charset=\"utf-8\"", "application/json; charset=utf-8; charset=utf-16",
        "application/json, text/plain", "APPLICATION/JSON", "application/problem+json",
        "application/json;", "application/json; =", "application/", "/json", "application/json\u0001",
        "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-16",
        "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=\"\"", "multipart/form-data; boundary=x",
        "multipart/form-data; boundary=fuzz-boundary; boundary=y",
        "multipart/mixed; boundary=fuzz-boundary", "application/grpc", "*/*", "application/*", "json",
    ];

    private static readonly string[] Instead =
    [
        "null", "[]", "[1]", "\"text\"", "1", "true", "{}", " ", "\n", "{", "}", "<xml/>", "a=b", "--fuzz-boundary--",
        "--fuzz-boundary\r\n\r\n", "%", "&&&=&=", "{}{}", "{}x", "[{}]", "\0", "{\"a\":1}\0",
    ];

    public static readonly Mutation[] All =
    [
        Mutation.Of("content type", 4, (draft, chance) => draft.ContentType = chance.Of(ContentTypes)),
        Mutation.Of("content type gone", 1, (draft, _) => draft.ContentType = null),
        Mutation.Of("content type twice", 0.7, (draft, chance) => draft.Headers.Add(("Content-Type", chance.Of(ContentTypes)))),
        OnBody("other form", 1.5, (draft, chance) => draft.Form = chance.Of([BodyForm.Json, BodyForm.Form, BodyForm.Multipart])),
        Mutation.Of("body instead", 2, (draft, chance) => draft.Body = Node.Raw(chance.Of(Instead))),
        Edit("body empty", 1, (_, _) => []),
        Edit("body cut", 2, (body, chance) => body[..chance.Random.Next(body.Length + 1)]),
        Edit("body and more", 1, (body, chance) => [.. body, .. Encoding.UTF8.GetBytes(chance.Of(Instead))]),
        Edit("byte order mark", 1, (body, chance) => [.. chance.Of([[0xEF, 0xBB, 0xBF], (byte[])[0xFF, 0xFE], [0xFE, 0xFF]]), .. body]),
        Edit("bytes flipped", 3, Flip),
        Edit("UTF-16", 0.5, (body, chance) => Encoding.Convert(Encoding.UTF8, chance.Of([Encoding.Unicode, Encoding.UTF32]), body)),
        Mutation.Of("compressed", 0.5, Compress),
        Edit("up to 1 MiB", 0.25, (body, chance) => Pad(body, Mebibyte + chance.Between(-1, 1), chance)),
        Edit("up to 5 MiB", 0.06, (body, chance) => Pad(body, (5 * Mebibyte) + chance.Between(-1, 1), chance)),
    ];

    private static Mutation OnBody(string name, double weight, Action<Draft, Chance> apply) => new(name, weight, (draft, chance) =>
    {
        if (draft.Body is null) return false;
        apply(draft, chance);
        return true;
    });

    // The chance is drawn now, the bytes are there later.
    private static Mutation Edit(string name, double weight, Func<byte[], Chance, byte[]> edit) => OnBody(name, weight, (draft, chance) =>
    {
        var later = new Chance(new Random(chance.Random.Next()));
        draft.BodyEdits.Add(body => edit(body, later));
    });

    private static byte[] Flip(byte[] body, Chance chance)
    {
        if (body.Length == 0) return body;
        for (var left = chance.Between(1, 4); left > 0; left--) body[chance.Random.Next(body.Length)] = (byte)chance.Random.Next(256);
        return body;
    }

    private static byte[] Pad(byte[] body, int length, Chance chance)
    {
        var filler = chance.Of(" x\n\0[\""u8.ToArray());
        return [.. body, .. Enumerable.Repeat(filler, Math.Max(0, length - body.Length))];
    }

    private static void Compress(Draft draft, Chance chance)
    {
        draft.Headers.Add(("Content-Encoding", chance.Of(["gzip", "br", "deflate", "identity", "nonsense"])));
        if (chance.Happens(0.5)) return;
        draft.BodyEdits.Add(body =>
        {
            using var compressed = new MemoryStream();
            using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest)) gzip.Write(body);
            return compressed.ToArray();
        });
    }
}
