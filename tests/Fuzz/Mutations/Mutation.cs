using LeadEngine.Fuzz.Requests;

namespace LeadEngine.Fuzz.Mutations;

/// <summary>A way to spoil a request.</summary>
/// <param name="Name">What the report calls it.</param>
/// <param name="Weight">How often it comes, beside the others.</param>
/// <param name="Apply">Spoils a draft; false when there is nothing in it that could be spoiled so.</param>
internal sealed record Mutation(string Name, double Weight, Func<Draft, Chance, bool> Apply)
{
    /// <summary>One that always fits.</summary>
    public static Mutation Of(string name, double weight, Action<Draft, Chance> apply) => new(name, weight, (draft, chance) =>
    {
        apply(draft, chance);
        return true;
    });
}
