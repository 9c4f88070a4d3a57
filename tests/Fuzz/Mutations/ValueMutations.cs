using System.Globalization;
using LeadEngine.Fuzz.Requests;

namespace LeadEngine.Fuzz.Mutations;

/// <summary>Spoils values of the body and the query.</summary>
internal static class ValueMutations
{
    private const int TooManyEntries = 5_001;
    private const int TooManyMembers = 1_001;

    private static readonly string[] Ids = ["campaign_id", "campaignid", "list_id", "__lid", "account_id"];

    public static readonly Mutation[] All =
    [
        OnSlot("odd text", 6, (slot, chance) => slot.Set(Node.Text(chance.Of(OddValues.Texts)))),
        OnSlot("odd text beside a good one", 2, (slot, chance) => slot.Set(Beside(slot.Value, chance.Of(OddValues.Texts), chance))),
        OnSlot("odd JSON", 4, (slot, chance) => slot.Set(Node.Raw(chance.Of(OddValues.Json)))),
        OnSlot("long text", 4, (slot, chance) => slot.Set(Node.Text(OddValues.Long(chance)))),
        OnSlot("deep nesting", 1, (slot, chance) => slot.Set(Node.Raw(OddValues.Deep(chance)))),
        OnSlot("broken UTF-8", 2, (slot, chance) => slot.Set(Node.Raw((byte[])[(byte)'"', .. chance.Of(OddValues.BrokenUtf8), (byte)'"']))),
        OnSlot("list around a value", 1.5, (slot, chance) => slot.Set(Node.List(Enumerable.Repeat(slot.Value, chance.Between(1, 3))))),
        OnSlot("object around a value", 0.7, (slot, _) => slot.Set(Node.Object(("value", slot.Value)))),
        OnSlot("value too often", 0.3, (slot, chance) => slot.Set(TooOften(slot.Value, chance))),
        OnMember("member gone", 3, (slot, members, _) => members.RemoveAll(member => member.Name == slot.Name)),
        OnMember("member twice", 2, (slot, members, chance) => members.Add(Again(slot, chance))),
        OnMember("name spoiled", 1, (slot, members, chance) => members.First(member => member.Name == slot.Name).Name = Name(slot, chance)),
        OnMember("values swapped", 1, Swap),
        OnMember("members unknown", 2, (_, members, chance) => members.Add(Unknown(chance))),
        OnMember("members too many", 0.3, (_, members, chance) => members.AddRange(Numbered(chance.Of([99, 100, 101, TooManyMembers])))),
    ];

    private static Mutation OnSlot(string name, double weight, Action<Slot, Chance> apply) => new(name, weight, (draft, chance) =>
    {
        var slots = Slot.Of(draft);
        if (slots.Count == 0) return false;
        apply(chance.Of(slots), chance);
        return true;
    });

    private static Mutation OnMember(string name, double weight, Action<Slot, List<Member>, Chance> apply) =>
        new(name, weight, (draft, chance) =>
        {
            List<Slot> slots = [.. Slot.Of(draft).Where(slot => slot.Owner is not null)];
            if (slots.Count == 0) return false;
            var slot = chance.Of(slots);
            apply(slot, slot.Owner!, chance);
            return true;
        });

    private static Node Beside(Node value, string odd, Chance chance)
    {
        var good = value is TextNode text ? text.Value : "x";
        return Node.Text(chance.Of([good + odd, odd + good, good.Insert(good.Length / 2, odd)]));
    }

    private static ListNode TooOften(Node value, Chance chance)
    {
        var one = value is ListNode { Items: [var first, ..] } ? first : value;
        return Node.List(Enumerable.Repeat(one, chance.Of([101, 1_000, TooManyEntries - 1, TooManyEntries, 2 * TooManyEntries])));
    }

    private static Member Again(Slot slot, Chance chance) => new()
    {
        Name = chance.Of([slot.Name!, slot.Name!, slot.Name!.ToUpperInvariant(), $" {slot.Name}", $"{slot.Name}[]"]),
        Value = chance.Happens(0.5) ? slot.Value : Node.Text(chance.Of(OddValues.Texts)),
    };

    private static string Name(Slot slot, Chance chance) => chance.Of(
    [
        slot.Name!.ToUpperInvariant(), $"{slot.Name}\0", $"{slot.Name}[0]", $"{slot.Name}.x", "", $"utm_{slot.Name}", OddValues.Long(chance),
        chance.Of(OddValues.Texts),
    ]);

    private static Member Unknown(Chance chance) => new()
    {
        Name = chance.Happens(0.5) ? chance.Of(["company", "Plan", "utm_source", "extra"]) : chance.Of(OddValues.Texts),
        Value = chance.Happens(0.5) ? Node.Text(chance.Of(OddValues.Texts)) : Node.Raw(chance.Of(OddValues.Json)),
    };

    private static IEnumerable<Member> Numbered(int count) => Enumerable.Range(0, count).Select(number =>
        new Member { Name = string.Create(CultureInfo.InvariantCulture, $"f{number}"), Value = Node.Number(number) });

    // A number must not become the id of somebody else's campaign: strangers may sign up there.
    private static void Swap(Slot slot, List<Member> members, Chance chance)
    {
        var (one, other) = (members.First(member => member.Name == slot.Name), chance.Of(members));
        if (Ids.Contains(one.Name.ToLowerInvariant()) || Ids.Contains(other.Name.ToLowerInvariant())) return;
        (one.Value, other.Value) = (other.Value, one.Value);
    }
}
