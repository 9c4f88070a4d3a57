using System.Collections.Immutable;
using LeadEngine.Leads;

namespace LeadEngine.Grains;

/// <summary>What a request says of lists in which each name is there once.</summary>
internal static class Merging
{
    /// <summary>
    /// The fields that are known, with those that were said in their place or behind them; one whose JSON is <c>null</c> goes.
    /// </summary>
    public static ImmutableArray<CustomField> Fields(ImmutableArray<CustomField> known, ImmutableArray<CustomField> said) =>
        ByName(known, said, field => field.Name).RemoveAll(field => field.Json == "null");

    public static ImmutableArray<T> ByName<T>(ImmutableArray<T> known, ImmutableArray<T> said, Func<T, string> name)
    {
        if (said.IsEmpty) return known;
        if (known.IsEmpty) return said;
        var merged = known.ToBuilder();
        foreach (var item in said)
        {
            var at = 0;
            while (at < merged.Count && name(merged[at]) != name(item)) at++;
            if (at == merged.Count) merged.Add(item);
            else merged[at] = item;
        }

        return merged.ToImmutable();
    }
}
