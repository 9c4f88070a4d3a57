using LeadEngine.Fuzz.Requests;

namespace LeadEngine.Fuzz.Mutations;

/// <summary>A place in a request that holds a value.</summary>
/// <param name="Name">The name of the value; null for an entry of a list.</param>
/// <param name="Value">The value.</param>
/// <param name="Set">Puts another value there.</param>
/// <param name="Owner">The members that it is one of; null for an entry of a list.</param>
internal sealed record Slot(string? Name, Node Value, Action<Node> Set, List<Member>? Owner)
{
    /// <summary>All places of a request's body and query, at any depth.</summary>
    public static List<Slot> Of(Draft draft)
    {
        List<Slot> found = [];
        Add(found, draft.Query);
        if (draft.Body is { } body) Add(found, body);
        return found;
    }

    private static void Add(List<Slot> found, Node node)
    {
        switch (node)
        {
            case ObjectNode some:
                Add(found, some.Members);
                break;
            case ListNode list:
                for (var at = 0; at < Math.Min(list.Items.Count, 20); at++)
                {
                    var index = at;
                    found.Add(new Slot(null, list.Items[index], value => list.Items[index] = value, null));
                    Add(found, list.Items[index]);
                }

                break;
        }
    }

    private static void Add(List<Slot> found, List<Member> members)
    {
        foreach (var member in members.Take(50))
        {
            found.Add(new Slot(member.Name, member.Value, value => member.Value = value, members));
            Add(found, member.Value);
        }
    }
}
