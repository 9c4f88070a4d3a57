namespace LeadEngine.Grains.Fraud;

/// <summary>Internet domains, each with all below it.</summary>
internal sealed class DomainSet(IEnumerable<string> domains)
{
    private readonly HashSet<string> _domains = new(domains.Select(domain => domain.Trim()), StringComparer.OrdinalIgnoreCase);

    public bool IsEmpty => _domains.Count == 0;

    /// <summary>
    /// Whether the domain or one above it is in the set. Whole labels count: <c>a.example</c> is not above <c>aa.example</c>.
    /// </summary>
    public bool Covers(ReadOnlySpan<char> domain)
    {
        if (_domains.Count == 0) return false;
        var known = _domains.GetAlternateLookup<ReadOnlySpan<char>>();
        for (var rest = domain.TrimEnd('.'); !rest.IsEmpty;)
        {
            if (known.Contains(rest)) return true;
            var dot = rest.IndexOf('.');
            rest = dot < 0 ? [] : rest[(dot + 1)..];
        }

        return false;
    }
}
