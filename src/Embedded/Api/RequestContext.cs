namespace Orleans.Runtime;

/// <summary>Values that travel with a request, and with the requests it makes; what a callee sets, its caller does not see.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<Dictionary<string, object>?> Current = new();

    /// <summary>The values; a dictionary that is in place is never changed, so that a request can hold on to it.</summary>
    internal static Dictionary<string, object>? Values
    {
        get => Current.Value;
        set
        {
            if (Current.Value != value) Current.Value = value;
        }
    }

    /// <summary>The names of the values.</summary>
    public static IEnumerable<string> Keys => Values?.Keys ?? Enumerable.Empty<string>();

    /// <summary>The value of that name, or null.</summary>
    public static object? Get(string key) => Values?.GetValueOrDefault(key);

    /// <summary>Sets a value.</summary>
    public static void Set(string key, object value) => Values = new(Values ?? []) { [key] = value };

    /// <summary>Removes a value, and says whether there was one.</summary>
    public static bool Remove(string key)
    {
        if (Values?.ContainsKey(key) is not true) return false;
        var rest = new Dictionary<string, object>(Values);
        rest.Remove(key);
        Values = rest.Count == 0 ? null : rest;
        return true;
    }

    /// <summary>Removes all values.</summary>
    public static void Clear() => Values = null;
}
