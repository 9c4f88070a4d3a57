namespace Orleans.Runtime;

/// <summary>Values that travel with a request, and with the requests it makes; what a callee sets, its caller does not see.</summary>
public static class RequestContext
{
    private static readonly AsyncLocal<Dictionary<string, object>?> Current = new();

    // A dictionary that is in place is never changed, so that a request can hold on to it.
    internal static Dictionary<string, object>? Values
    {
        get => Current.Value;
        set
        {
            if (Current.Value != value) Current.Value = value;
        }
    }

    public static object? Get(string key) => Values?.GetValueOrDefault(key);

    public static void Set(string key, object value) => Values = new(Values ?? []) { [key] = value };

    public static bool Remove(string key)
    {
        var rest = new Dictionary<string, object>(Values ?? []);
        var removed = rest.Remove(key);
        Values = rest.Count == 0 ? null : rest;
        return removed;
    }

    public static void Clear() => Values = null;
}
