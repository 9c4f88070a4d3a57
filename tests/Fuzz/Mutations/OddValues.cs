using System.Text;

namespace LeadEngine.Fuzz.Mutations;

/// <summary>Values that nobody sends by mistake, and some that everybody does.</summary>
internal static class OddValues
{
    public static readonly string[] Texts =
    [
        // Unicode: directions, nothing visible, halves of pairs, no characters at all, what changes with its case.
        "", " ", "\t\r\n", "\u202Egro.elpmaxe@ada\u202C", "\u2066a\u2069", "\u200B", "\u200D\u200D", "\uFEFF", "\uFEFFada", "e\u0301",
        "\uFB01", "\uFF21\uFF44\uFF41",
        "\uD800", "a\uDC00", "\uDC00\uD800", "\uFFFD", "\uFFFE", "\uFFFF", "\U0010FFFF", "💩", "👩‍👩‍👧‍👦", "İ", "ı", "ß", "ẞ", "Σς", "ǅ",
        "\u0130@fuzz.example", "١٢٣",
        "\0", "a\0b", "\u0001\u001F", "\u007F\u0085", "\u2028\u2029", "\u001b[31m", "\b\f", "a\r\nX-Injected: yes",
        "%0d%0aX-Injected:%20yes",

        // What other languages read in a text.
        "' or '1'='1", "'; drop table leads; --", "\"; drop table leads; --", "\\", "\\'", "%", "_", "%%%s%n", "{0}", "{{7*7}}",
        "${jndi:ldap://127.0.0.1/x}", "$1", ":id", "@id", "?",
        "*", "a*", "\"a", "a OR b", "a AND", "NEAR(a b)", "a:b", "-a", "!a", "a & | b", "a:*", "<->", "col:*", "^a", "(", ")", "a' : 'b",
        "\\u0000", "&#0;", "<script>alert(1)</script>", "<!--",
        "../../../../etc/passwd", "..\\..\\x", "/dev/zero", "file:///etc/passwd", "__proto__", "constructor", "$type", "$ref", "$values",
        "Newtonsoft.Json.Linq.JObject, Newtonsoft.Json", "__class__",

        // Numbers, dates and flags that are none, or too much.
        "NaN", "Infinity", "-Infinity", "null", "undefined", "true", "False", "yes", "-0", "1e308", "1e309", "0x1F", "1_000", "1,000",
        "٣", "2147483648", "-2147483649", "9223372036854775808",
        "-9223372036854775809", "99999999999999999999999999", "2024-13-45T99:99:99Z", "2023-02-29T00:00:00Z", "9999-12-31T23:59:59Z",
        "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00",
        "0000-00-00", "-292277022399-01-01T00:00:00Z", "2024-01-01", "2024-01-01T00:00:00", "2024-W01-1T00:00Z", "2024-01-01T24:00:00Z",
        "2016-12-31T23:59:60Z", "1700000000",

        // Identifiers that nearly are some.
        "@", "a@", "@b.example", "a@b@c.example", "a@[127.0.0.1]", "\"a b\"@fuzz.example", "a@b..example", "a@.example", "a@b.example.",
        "ü@bücher.example", "a@xn--.example", "a@xn--a-ecp.ru",
        "a@\u2024example.com", "a@b。example", "a@-b.example", "mailto:a@b.example", "a@b.example,c@d.example", "a@b.example\n",
        "<a@b.example>", "a+b@b.example",
        "+", "++1", "+0", "+00000000000000000", "+1", "+1206555010", "+120655501000", "12065550100x99", "tel:+12125559999;ext=1",
        "1-800-FLOWERS", "+1 (206) 555-0100 ext. 123456789",
        "+٠١٢٣٤٥٦٧٨٩", "+883510000000094", "911", "0118999881999119725", "（２０６）５５５－０１００", "US", "+999", "XX", "ZZ", "california", "ca",
        "00000", "99999", "9021O", "90210-", "90210-12345",
        "javascript:alert(1)", "http://", "http://[::1", "http://[::1]:99999/", "http://a b/", "//example.com", "http:example.com",
        "https://user:pass@example.com/", "http://example.com/\r\n", "ftp://example.com/",
        "data:text/html,x", "http://127.0.0.1:1/", "http://example.com/%zz", "http://\u202Eexample.com/", "HTTP://EXAMPLE.COM",
        "http://xn--/", "about:blank", "https://example.com/?kid=abcd1234#?kid=x",
        "0", "1", "-1", "000000000000000000000000", "ffffffffffffffffffffffff", "FFFFFFFFFFFFFFFFFFFFFFFF", "gggggggggggggggggggggggg",
        "00000000", "zzzzzzzz", "AAAAAAAA", "a.b", "2,3", "[]", "{}",
    ];

    public static readonly string[] Json =
    [
        "null", "true", "false", "[]", "{}", "[[]]", "[null]", "{\"\":null}", "\"\"", "0", "-0", "1", "-1", "0.1", "1.0", "1e0", "1e2",
        "-1e2", "1e-7", "1e400", "-1e400", "1e-400", "123456789012345678901234567890",
        "2147483647", "2147483648", "-2147483649", "4294967296", "9007199254740993", "9223372036854775807", "9223372036854775808",
        "-9223372036854775809", "18446744073709551616", "0.30000000000000004",
        "1.7976931348623157e308", "5e-324", "100000", "-100000", "99999.5",

        // No JSON any more.
        "01", "+1", ".5", "1.", "1e", "NaN", "Infinity", "-", "0x10", "'a'", "undefined", "nul", "tru", "\"a", "\"\\x\"", "\"\\u12\"",
        "\"\\ud800\"", "\"\\udc00\\ud800\"", "\"\\u0000\"", "\"a\tb\"", "\"a\nb\"",
        "[1,]", "{\"a\":1,}", "{a:1}", "[1 2]", "{\"a\" 1}", "/*x*/1", "1//x", "]", "}", ",", ":", "", "\"\\ud83d\"", "{\"a\":}", "[", "{",
    ];

    /// <summary>Strings whose bytes are no UTF-8.</summary>
    public static readonly byte[][] BrokenUtf8 =
    [
        [0xFF], [0xC0, 0xAF], [0xC1, 0xBF], [0xED, 0xA0, 0x80], [0xED, 0xB0, 0x80], [0xF4, 0x90, 0x80, 0x80],
        [0xF8, 0x88, 0x80, 0x80, 0x80], [0xE2, 0x82], [0x80], [0xFE, 0xFF], [0xE0, 0x80, 0x80],
    ];

    private static readonly int[] Lengths =
    [
        63, 64, 127, 128, 129, 253, 254, 255, 256, 257, 320, 1_000, 1_024, 2_048, 2_049, 4_094, 4_095, 4_096, 4_097, 8_192, 65_536,
    ];

    private static readonly string[] Fillers = ["x", "9", "é", "漢", "💩", "a\u0301", " ", "<", "\"", "\\", "%", "0", "a.", "ﷺ"];

    private static readonly int[] Depths = [5, 16, 30, 31, 32, 33, 63, 64, 65, 200, 1_000, 100_000];

    /// <summary>A text about as long as what a limit allows, or much longer; of about as many characters or about as many bytes.</summary>
    public static string Long(Chance chance)
    {
        var filler = chance.Of(Fillers);
        var length = chance.Of(Lengths);
        var count = chance.Happens(0.5) ? length : Math.Max(1, length / Encoding.UTF8.GetByteCount(filler));
        var text = string.Concat(Enumerable.Repeat(filler, count));
        return chance.Of(
            [text, text, $"{text}@fuzz.example", $"a@{text}.example", $"https://example.com/{text}", $"https://{text}.example/", $"+{text}"]);
    }

    /// <summary>Lists in lists, or objects in objects, closed or not.</summary>
    public static string Deep(Chance chance)
    {
        var (open, close) = chance.Of([("[", "]"), ("{\"a\":", "}"), ("[{\"a\":", "}]")]);
        var depth = chance.Of(Depths);
        var ends = chance.Happens(0.8) ? string.Concat(Enumerable.Repeat(close, depth)) : "";
        return $"{string.Concat(Enumerable.Repeat(open, depth))}1{ends}";
    }
}
