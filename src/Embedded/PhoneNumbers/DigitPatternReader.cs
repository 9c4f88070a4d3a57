namespace PhoneNumbers;

/// <summary>
/// Reads a pattern of digits, <c>\d</c>, classes, <c>(?:)</c>, <c>|</c>, <c>?</c> and <c>{n,m}</c> into positions: which digits stand
/// there, and which positions may follow. It reads from the end, so what follows a piece is known when the piece is met; a piece
/// that repeats is read again. Sets of positions are strings of their numbers, in order, so that they can be compared and looked up.
/// </summary>
internal sealed class DigitPatternReader
{
    private const char End = '\0';
    private const int AnyDigit = 0b11_1111_1111;

    private readonly List<(int Digits, string Following)> positions = [(0, "")];
    private readonly Dictionary<(int Digits, string Following), string> known = [];
    private readonly string pattern;
    private int at;

    public DigitPatternReader(string pattern)
    {
        this.pattern = pattern;
        at = pattern.Length;
        First = Alternatives(End.ToString());
    }

    public string First { get; }

    public static bool HoldsEnd(string set) => set.StartsWith(End);

    public string After(string set, int digit)
    {
        var following = "";
        foreach (var position in set)
        {
            if ((positions[position].Digits >> digit & 1) != 0) following = Union(following, positions[position].Following);
        }

        return following;
    }

    private string Alternatives(string after)
    {
        var first = Sequence(after);
        while (at > 0 && pattern[at - 1] == '|')
        {
            at--;
            first = Union(first, Sequence(after));
        }

        return first;
    }

    private string Sequence(string after)
    {
        while (at > 0 && pattern[at - 1] is not ('|' or ':')) after = Repeated(after);
        return after;
    }

    private string Repeated(string after)
    {
        var (least, most) = Count();
        var end = at;
        var first = after;
        for (var copy = most; copy > 0; copy--)
        {
            at = end;
            first = Piece(first);
            if (copy > least) first = Union(first, after);
        }

        return first;
    }

    private (int Least, int Most) Count()
    {
        switch (pattern[at - 1])
        {
            case '?':
                at--;
                return (0, 1);
            case '}':
                var open = pattern.LastIndexOf('{', at - 1);
                var bounds = Array.ConvertAll(pattern[(open + 1)..(at - 1)].Split(','), int.Parse);
                at = open;
                return (bounds[0], bounds[^1]);
            default:
                return (1, 1);
        }
    }

    private string Piece(string after)
    {
        switch (pattern[--at])
        {
            case ')':
                var first = Alternatives(after);
                at -= "(?:".Length;
                return first;
            case ']':
                var open = pattern.LastIndexOf('[', at);
                var digits = Class(pattern.AsSpan(open + 1, at - open - 1));
                at = open;
                return Position(digits, after);
            case 'd':
                at--;
                return Position(AnyDigit, after);
            case var digit and >= '0' and <= '9':
                return Position(1 << digit - '0', after);
            default:
                throw new FormatException($"Not a pattern of digits: {pattern}");
        }
    }

    private static int Class(ReadOnlySpan<char> members)
    {
        var digits = 0;
        for (var i = 0; i < members.Length; i++)
        {
            var from = members[i];
            var to = i + 2 < members.Length && members[i + 1] == '-' ? members[i += 2] : from;
            for (var digit = from; digit <= to; digit++) digits |= 1 << digit - '0';
        }

        return digits;
    }

    private string Position(int digits, string after)
    {
        if (!known.TryGetValue((digits, after), out var position))
        {
            known.Add((digits, after), position = checked((char)positions.Count).ToString());
            positions.Add((digits, after));
        }

        return position;
    }

    private static string Union(string left, string right) =>
        left.Length == 0 || left == right ? right : new string([.. left.Union(right).Order()]);
}
