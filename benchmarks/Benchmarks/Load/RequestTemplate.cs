using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace LeadEngine.Benchmarks.Load;

/// <summary>The bytes of a request about one of a billion people, of which only the number changes.</summary>
internal sealed class RequestTemplate
{
    // Odd and no multiple of 5, so that each number below a billion comes once: e-mails do not arrive in the order of an index.
    private const long Scatter = 387_420_489;
    private const long People = 1_000_000_000;
    private const string Digits = "D9";
    private const int DigitCount = 9;

    private static readonly string Blank = new('#', DigitCount);

    private readonly byte[] bytes;
    private readonly int offset;

    private RequestTemplate(string text)
    {
        bytes = Encoding.ASCII.GetBytes(text);
        offset = text.IndexOf(Blank, StringComparison.Ordinal);
    }

    public static RequestTemplate SignUp(string path, string apiKey, string run)
    {
        var body = $$"""{"email":"{{Email(run, Blank)}}","first_name":"Ada","company":"Example Co"}""";
        return new($"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {apiKey}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    public static RequestTemplate LookUp(string path, string apiKey, string run) =>
        new($"GET {path}?email={Uri.EscapeDataString(Email(run, "")).Replace("%40", Blank + "%40", StringComparison.Ordinal)} HTTP/1.1\r\n"
            + $"Host: localhost\r\nAuthorization: Bearer {apiKey}\r\n\r\n");

    public static string EmailOf(string run, long person) => Email(run, Number(person).ToString(Digits, CultureInfo.InvariantCulture));

    /// <summary>The request about that person; valid until the next call.</summary>
    public ReadOnlySpan<byte> For(long person)
    {
        Utf8Formatter.TryFormat(Number(person), bytes.AsSpan(offset, DigitCount), out _, new('D', DigitCount));
        return bytes;
    }

    private static long Number(long person) => person * Scatter % People;

    private static string Email(string run, string number) => $"u{run}-{number}@example.com";
}
