using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Unicode;

namespace LeadEngine.ApiHost.Http;

/// <summary>The text of a form or a query: <c>name=value</c> pairs, percent-encoded UTF-8.</summary>
internal static class FormText
{
    public static Pairs Split(ReadOnlySpan<char> text) => new(text);

    /// <summary>Decodes a name or value. A percent sign that starts no code stands for itself, as in browsers.</summary>
    /// <returns>False when it is not UTF-8.</returns>
    public static bool TryDecode(ReadOnlySpan<char> encoded, [NotNullWhen(true)] out string? text)
    {
        if (encoded.IndexOfAny('%', '+') < 0)
        {
            text = encoded.ToString();
            return true;
        }

        var bytes = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(encoded.Length));
        try
        {
            var decoded = Decode(bytes.AsSpan(0, Encoding.UTF8.GetBytes(encoded, bytes)));
            text = Utf8.IsValid(decoded) ? Encoding.UTF8.GetString(decoded) : null;
            return text is not null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    private static Span<byte> Decode(Span<byte> bytes)
    {
        var length = 0;
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[length++] = bytes[at] switch
            {
                (byte)'+' => (byte)' ',
                (byte)'%' when TryHex(bytes[(at + 1)..], out var code) => Skip(code, ref at),
                var plain => plain,
            };
        }

        return bytes[..length];
    }

    private static byte Skip(byte code, ref int at)
    {
        at += 2;
        return code;
    }

    private static bool TryHex(ReadOnlySpan<byte> digits, out byte code)
    {
        code = 0;
        if (digits.Length < 2 || !char.IsAsciiHexDigit((char)digits[0]) || !char.IsAsciiHexDigit((char)digits[1])) return false;
        code = (byte)((HexValue(digits[0]) << 4) | HexValue(digits[1]));
        return true;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    /// <summary>The pairs of a form or query, still encoded.</summary>
    internal ref struct Pairs(ReadOnlySpan<char> text)
    {
        private ReadOnlySpan<char> _rest = text;

        public ReadOnlySpan<char> Name { get; private set; }

        public ReadOnlySpan<char> Value { get; private set; }

        public bool Next()
        {
            while (!_rest.IsEmpty)
            {
                var end = _rest.IndexOf('&');
                var pair = end < 0 ? _rest : _rest[..end];
                _rest = end < 0 ? [] : _rest[(end + 1)..];
                if (pair.IsEmpty) continue;

                var equals = pair.IndexOf('=');
                Name = equals < 0 ? pair : pair[..equals];
                Value = equals < 0 ? [] : pair[(equals + 1)..];
                return true;
            }

            return false;
        }
    }
}
