using System.Globalization;
using System.Text;

namespace LeadEngine.Fuzz.Requests;

/// <summary>The ways in which a body says where it ends, right and wrong ones.</summary>
internal static class Frames
{
    private static readonly string[] BadLengths =
        ["-1", "1e3", "0x10", "+5", "99999999999999999999", "9223372036854775807", "", "5, 6", "five", "1\u0000", " 7 7"];

    private static readonly string[] BadChunks =
    [
        "zz\r\nabc\r\n0\r\n\r\n", "5\r\nabc\r\n0\r\n\r\n", "3\nabc\n0\n\n", "ffffffffffffffff\r\nabc", "-1\r\nabc\r\n0\r\n\r\n",
        "3\r\nabcdef\r\n0\r\n\r\n", "3;\u0001=\u0002\r\nabc\r\n0\r\nBad Trailer\r\n\r\n", "\r\n\r\n", "0\r\nX-Late: yes\r\n",
        "80000000\r\nabc",
    ];

    /// <summary>The headers that announce a body, its pieces, and whether a server may see another number of requests in it.</summary>
    public static (List<string> Headers, List<byte[]> Pieces, bool IsBroken) Of(Draft draft, byte[]? body)
    {
        var bytes = body ?? [];
        return draft.Framing switch
        {
            Framing.Length when body is null => ([], [], false),
            Framing.Length => ([Length(bytes.Length)], [bytes], false),
            Framing.Slow => ([Length(bytes.Length)], InPieces(bytes), false),
            Framing.Chunked => (["Transfer-Encoding: chunked"], [Chunked(bytes, draft.Variant)], false),
            Framing.None => ([], [bytes], bytes.Length > 0),
            Framing.LengthTooShort => ([Length(bytes.Length / 2)], [bytes], true),
            Framing.LengthTooLong => ([Length(bytes.Length + 1 + draft.Variant % 1_000)], [bytes], true),
            Framing.BadLength => ([$"Content-Length: {Pick(BadLengths, draft)}"], [bytes], true),
            Framing.LengthAndChunked => ([Length(bytes.Length), "Transfer-Encoding: chunked"], [Chunked(bytes, draft.Variant)], true),
            _ => (["Transfer-Encoding: chunked"], [Encoding.Latin1.GetBytes(Pick(BadChunks, draft))], true),
        };
    }

    private static string Length(int length) => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {length}");

    private static string Pick(string[] choices, Draft draft) => choices[draft.Variant % choices.Length];

    private static List<byte[]> InPieces(byte[] bytes) => [.. bytes.Chunk(Math.Max(1, (bytes.Length + 3) / 4))];

    private static byte[] Chunked(byte[] bytes, int variant)
    {
        using var chunked = new MemoryStream();
        foreach (var chunk in bytes.Chunk(1 + (variant % 4_096)).Take(10_000))
        {
            chunked.Write(Encoding.ASCII.GetBytes($"{chunk.Length:x}\r\n"));
            chunked.Write(chunk);
            chunked.Write("\r\n"u8);
        }

        chunked.Write("0\r\n\r\n"u8);
        return chunked.ToArray();
    }
}
