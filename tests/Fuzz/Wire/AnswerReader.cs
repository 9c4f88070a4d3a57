using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace LeadEngine.Fuzz.Wire;

/// <summary>Reads answers as strictly as a proxy does that trusts nobody.</summary>
internal static partial class AnswerReader
{
    private const int MaxHead = 64 * 1024;

    private static readonly string[] Single = ["Content-Length", "Transfer-Encoding", "Content-Type", "Location", "Retry-After"];

    /// <summary>Reads the first answer in a buffer.</summary>
    /// <param name="buffer">What has come so far.</param>
    /// <param name="isHead">Whether the request was a HEAD: its answer has no body.</param>
    /// <param name="isEnd">Whether nothing more will come.</param>
    /// <param name="length">How much of the buffer it is.</param>
    /// <returns>Null when it is not there as a whole.</returns>
    /// <exception cref="FormatException">It is no HTTP.</exception>
    public static Answer? TryRead(ReadOnlySpan<byte> buffer, bool isHead, bool isEnd, out int length)
    {
        length = 0;
        var end = buffer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return buffer.Length > MaxHead ? throw new FormatException("The answer's head has no end.") : null;
        var lines = Encoding.Latin1.GetString(buffer[..end]).Split("\r\n");
        if (StatusLine().Match(lines[0]) is not { Success: true } line) throw new FormatException($"No status line: {lines[0]}");

        var status = int.Parse(line.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        var answer = new Answer(status, [.. lines.Skip(1).Select(ReadHeader)], []);
        var hasNoBody = isHead || status is < 200 or 204 or 304;
        if (ReadBody(answer, buffer[(end + 4)..], hasNoBody, isEnd, out var bodyLength) is not { } body) return null;
        length = end + 4 + bodyLength;
        return answer with { Body = body };
    }

    private static (string, string) ReadHeader(string line) => HeaderLine().Match(line) is { Success: true } header
        ? (header.Groups[1].Value, header.Groups[2].Value)
        : throw new FormatException($"No header: {line}");

    private static byte[]? ReadBody(Answer answer, ReadOnlySpan<byte> rest, bool hasNone, bool isEnd, out int length)
    {
        length = 0;
        var (size, coding) = (answer.Header("Content-Length"), answer.Header("Transfer-Encoding"));
        if (Array.Find(Single, name => IsRepeated(answer, name)) is { } twice) throw new FormatException($"{twice} comes twice.");
        if (size is not null && coding is not null) throw new FormatException("The answer has a length and chunks.");
        if (hasNone) return [];
        if (coding is "chunked") return ReadChunks(rest, out length);
        if (coding is not null) throw new FormatException($"Unknown coding {coding}");
        if (size is null) return isEnd ? rest[..(length = rest.Length)].ToArray() : null;

        var bytes = int.Parse(size, NumberStyles.None, CultureInfo.InvariantCulture);
        return rest.Length < bytes ? null : rest[..(length = bytes)].ToArray();
    }

    private static bool IsRepeated(Answer answer, string name) =>
        answer.Headers.Count(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) > 1;

    private static byte[]? ReadChunks(ReadOnlySpan<byte> rest, out int length)
    {
        using var body = new MemoryStream();
        for (length = 0; ;)
        {
            var line = rest[length..].IndexOf("\r\n"u8);
            if (line < 0) return null;
            var text = Encoding.Latin1.GetString(rest.Slice(length, line));
            var size = int.Parse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            var start = length + line + 2;
            if (rest.Length < start + size + 2) return null;
            if (!rest.Slice(start + size, 2).SequenceEqual("\r\n"u8)) throw new FormatException("A chunk is longer than it says.");
            body.Write(rest.Slice(start, size));
            length = start + size + 2;
            if (size == 0) return body.ToArray();
        }
    }

    [GeneratedRegex(@"^HTTP/1\.1 ([1-5]\d\d) [ -~]*$", RegexOptions.CultureInvariant)]
    private static partial Regex StatusLine();

    [GeneratedRegex(@"^([!#$%&'*+\-.^_`|~0-9A-Za-z]+): ?([\t -~]*)$", RegexOptions.CultureInvariant)]
    private static partial Regex HeaderLine();
}
