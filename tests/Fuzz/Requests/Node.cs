using System.Globalization;
using System.Text;

namespace LeadEngine.Fuzz.Requests;

/// <summary>A value of a body, before it is settled whether JSON or a form carries it.</summary>
internal abstract class Node
{
    public static Node Text(string text) => new TextNode { Value = text };

    public static Node Number(long number) => Raw(number.ToString(CultureInfo.InvariantCulture));

    public static Node Flag(bool flag) => Raw(flag ? "true" : "false");

    /// <summary>JSON as it is, right or wrong.</summary>
    public static Node Raw(string json) => new RawNode { Json = Encoding.UTF8.GetBytes(json) };

    public static Node Raw(byte[] json) => new RawNode { Json = json };

    public static ListNode List(IEnumerable<Node> items) => new() { Items = [.. items] };

    public static ObjectNode Object(params IEnumerable<(string Name, Node Value)> members) =>
        new() { Members = [.. members.Select(member => new Member { Name = member.Name, Value = member.Value })] };
}

internal sealed class TextNode : Node
{
    public required string Value { get; init; }
}

internal sealed class RawNode : Node
{
    public required byte[] Json { get; init; }
}

internal sealed class ListNode : Node
{
    public required List<Node> Items { get; init; }
}

internal sealed class ObjectNode : Node
{
    public required List<Member> Members { get; init; }
}

/// <summary>A member of an object; names may come twice.</summary>
internal sealed class Member
{
    public required string Name { get; set; }

    public required Node Value { get; set; }
}
