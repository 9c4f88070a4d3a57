using System.Text;
using System.Text.RegularExpressions;

namespace LeadEngine.ApiHost.Tests.Mail;

/// <summary>A mail, read as a mailbox does.</summary>
internal sealed partial class ReadMail
{
    private readonly ILookup<string, string> _headers;

    public ReadMail(string raw)
    {
        var end = raw.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        _headers = Folded().Replace(raw[..end], " ").Split("\r\n").Select(line => line.Split(": ", 2)).ToLookup(parts => parts[0].ToLowerInvariant(), parts => parts[1]);
        var body = raw[(end + 4)..];
        Text = this["content-transfer-encoding"] is "quoted-printable" ? Encoding.UTF8.GetString(Unquote(body)) : body;
    }

    public string Text { get; }

    public IEnumerable<string> Names => _headers.Select(header => header.Key);

    /// <summary>The one header of a name, its encoded words decoded.</summary>
    public string this[string name] => EncodedWord().Replace(Gap().Replace(Assert.Single(_headers[name]), "$1$2"), Decode);

    /// <summary>The one address in the text that has a path.</summary>
    public string Link(string path) => Assert.Single(Text.Split(["\r\n", "\n"], StringSplitOptions.None), line => line.Contains(path, StringComparison.Ordinal));

    private static string Decode(Match word) => Encoding.UTF8.GetString(word.Groups[1].Value is "B" or "b"
        ? Convert.FromBase64String(word.Groups[2].Value)
        : Unquote(word.Groups[2].Value.Replace('_', ' ')));

    private static byte[] Unquote(string text)
    {
        var bytes = new List<byte>();
        text = text.Replace("=\r\n", "", StringComparison.Ordinal);
        for (var at = 0; at < text.Length; at++)
        {
            if (text[at] != '=') bytes.Add((byte)text[at]);
            else
            {
                bytes.Add(Convert.ToByte(text.Substring(at + 1, 2), 16));
                at += 2;
            }
        }

        return [.. bytes];
    }

    [GeneratedRegex(@"\r\n[ \t]+")]
    private static partial Regex Folded();

    [GeneratedRegex(@"=\?utf-8\?([BbQq])\?([^?]*)\?=", RegexOptions.IgnoreCase)]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"(\?=)\s+(=\?)")]
    private static partial Regex Gap();
}
