namespace PhoneNumbers;

/// <summary>A numbering plan's pattern as a table of states: a match costs one look-up a digit and allocates nothing.</summary>
internal sealed class DigitPattern
{
    private const int Dead = 0;
    private const int Start = 1;

    private readonly ushort[] next;
    private readonly bool[] accepts;

    public DigitPattern(string pattern)
    {
        var positions = new DigitPatternReader(pattern);
        List<ushort> transitions = [.. new ushort[10]];
        Dictionary<string, ushort> states = new() { [""] = Dead, [positions.First] = Start };
        List<string> pending = ["", positions.First];
        for (var state = Start; state < pending.Count; state++)
        {
            for (var digit = 0; digit < 10; digit++)
            {
                var reached = positions.After(pending[state], digit);
                if (!states.TryGetValue(reached, out var number))
                {
                    states.Add(reached, number = checked((ushort)pending.Count));
                    pending.Add(reached);
                }

                transitions.Add(number);
            }
        }

        next = [.. transitions];
        accepts = [.. pending.Select(DigitPatternReader.HoldsEnd)];
    }

    public bool Matches(ReadOnlySpan<char> digits)
    {
        var state = Start;
        foreach (var digit in digits)
        {
            state = next[(state * 10) + digit - '0'];
            if (state == Dead) return false;
        }

        return accepts[state];
    }
}
