using LeadEngine.Fuzz.Requests;

namespace LeadEngine.Fuzz.Mutations;

/// <summary>Spoils requests: some in no way, most in one, some in several.</summary>
internal static class Mutator
{
    private static readonly (double Weight, int Choice)[] Counts = [(0.3, 0), (0.4, 1), (0.2, 2), (0.08, 3), (0.02, 6)];

    private static readonly (double Weight, Mutation Choice)[] OfValues = Weighed(ValueMutations.All);

    private static readonly (double Weight, Mutation Choice)[] All = Weighed(
    [
        .. ValueMutations.All, .. BodyMutations.All, .. HeaderMutations.All, .. TargetMutations.All, .. FramingMutations.All,
    ]);

    public static void Mutate(Draft draft, Chance chance, bool valuesOnly)
    {
        for (var left = chance.Of(Counts); left > 0; left--)
        {
            var mutation = chance.Of(valuesOnly ? OfValues : All);
            if (mutation.Apply(draft, chance)) draft.Mutations.Add(mutation.Name);
        }
    }

    private static (double Weight, Mutation Choice)[] Weighed(IEnumerable<Mutation> mutations) =>
        [.. mutations.Select(mutation => (mutation.Weight, mutation))];
}
