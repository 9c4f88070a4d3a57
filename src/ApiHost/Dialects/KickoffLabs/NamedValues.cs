namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Values with unique names, in the order in which the names first came, up to a number of them.</summary>
internal sealed class NamedValues<T>(Func<T, string> nameOf, int limit)
{
    private readonly List<T> _values = [];
    private readonly List<Origin> _origins = [];

    public IReadOnlyList<T> Values => _values;

    /// <returns>False when there are too many.</returns>
    public bool Set(T value, Origin origin)
    {
        // A search is as fast as a dictionary up to some ten names, and bounded by the limit beyond.
        var (name, at) = (nameOf(value), 0);
        while (at < _values.Count && nameOf(_values[at]) != name) at++;
        if (at == limit) return false;
        if (at == _values.Count)
        {
            _values.Add(value);
            _origins.Add(origin);
        }
        else if (origin <= _origins[at])
        {
            _values[at] = value;
            _origins[at] = origin;
        }

        return true;
    }
}
