using System.Globalization;
using System.Text;

namespace LeadEngine.Fuzz.Requests;

/// <summary>Writes bodies as they are meant, also those that a serializer would refuse to write.</summary>
internal static class BodyWriter
{
    public static byte[] Json(Node node)
    {
        using var bytes = new MemoryStream();
        Write(bytes, node);
        return bytes.ToArray();
    }

    public static byte[] Form(Node node) =>
        Encoding.ASCII.GetBytes(string.Join('&', Fields(node).Select(field => Pair(field.Name, field.Value))));

    /// <summary>A name and a value as a form and a query hold them.</summary>
    public static string Pair(string name, byte[] value) => $"{Escape(Encoding.UTF8.GetBytes(name))}={Escape(value)}";

    public static byte[] Multipart(Node node, string boundary)
    {
        using var bytes = new MemoryStream();
        foreach (var (name, value) in Fields(node))
        {
            Put(bytes, $"--{boundary}\r\nContent-Disposition: form-data; name=\"{name.Replace('"', '\'')}\"\r\n\r\n");
            bytes.Write(value);
            Put(bytes, "\r\n");
        }

        Put(bytes, $"--{boundary}--\r\n");
        return bytes.ToArray();
    }

    // All but what always stands for itself.
    private static string Escape(ReadOnlySpan<byte> value)
    {
        var text = new StringBuilder(value.Length);
        foreach (var octet in value)
        {
            if (char.IsAsciiLetterOrDigit((char)octet) || "-._~".Contains((char)octet)) text.Append((char)octet);
            else text.Append(CultureInfo.InvariantCulture, $"%{octet:X2}");
        }

        return text.ToString();
    }

    /// <summary>A value as text: what a form or a query holds.</summary>
    public static byte[] Plain(Node node) => node is TextNode text ? Encoding.UTF8.GetBytes(text.Value) : Json(node);

    private static IEnumerable<(string Name, byte[] Value)> Fields(Node node) =>
        node is ObjectNode form ? form.Members.SelectMany(Fields) : [("value", Plain(node))];

    // A list is its name again and again.
    private static IEnumerable<(string Name, byte[] Value)> Fields(Member member) =>
        member.Value is ListNode list ? list.Items.Select(item => ($"{member.Name}[]", Plain(item))) : [(member.Name, Plain(member.Value))];

    private static void Write(Stream bytes, Node node)
    {
        switch (node)
        {
            case TextNode text:
                Put(bytes, Quote(text.Value));
                break;
            case RawNode raw:
                bytes.Write(raw.Json);
                break;
            case ListNode list:
                WriteAll(bytes, '[', list.Items, ']', item => Write(bytes, item));
                break;
            case ObjectNode some:
                WriteAll(bytes, '{', some.Members, '}', member =>
                {
                    Put(bytes, Quote(member.Name));
                    Put(bytes, ":");
                    Write(bytes, member.Value);
                });
                break;
        }
    }

    private static void WriteAll<T>(Stream bytes, char open, List<T> all, char close, Action<T> write)
    {
        bytes.WriteByte((byte)open);
        for (var at = 0; at < all.Count; at++)
        {
            if (at > 0) bytes.WriteByte((byte)',');
            write(all[at]);
        }

        bytes.WriteByte((byte)close);
    }

    // Half a surrogate pair has no UTF-8, but an escape.
    private static string Quote(string text)
    {
        var json = new StringBuilder("\"", text.Length + 2);
        for (var at = 0; at < text.Length; at++)
        {
            var isPair = at + 1 < text.Length && char.IsSurrogatePair(text[at], text[at + 1]);
            if (isPair) json.Append(text[at++]).Append(text[at]);
            else if (text[at] is '"' or '\\') json.Append('\\').Append(text[at]);
            else if (text[at] < ' ' || char.IsSurrogate(text[at])) json.Append(CultureInfo.InvariantCulture, $"\\u{(int)text[at]:x4}");
            else json.Append(text[at]);
        }

        return json.Append('"').ToString();
    }

    private static void Put(Stream bytes, string text) => bytes.Write(Encoding.UTF8.GetBytes(text));
}
