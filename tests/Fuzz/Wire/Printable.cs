using System.Globalization;
using System.Text;

namespace LeadEngine.Fuzz.Wire;

/// <summary>Bytes as text that can be printed and read back.</summary>
internal static class Printable
{
    private const int MaxShown = 6_000;

    public static string Of(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var octet in bytes[..Math.Min(bytes.Length, MaxShown)])
        {
            if (octet is (byte)'\\') text.Append("\\\\");
            else if (octet is (byte)'\r') text.Append("\\r");
            else if (octet is (byte)'\n') text.Append("\\n\n");
            else if (octet is >= 0x20 and < 0x7F) text.Append((char)octet);
            else text.Append(CultureInfo.InvariantCulture, $"\\x{octet:x2}");
        }

        if (bytes.Length > MaxShown) text.Append(CultureInfo.InvariantCulture, $"\n… and {bytes.Length - MaxShown:N0} bytes more");
        return text.ToString();
    }
}
