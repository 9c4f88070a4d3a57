using LeadEngine.Simulation.Promises;
using LeadEngine.Storage;

namespace LeadEngine.Simulation.Store;

/// <summary>
/// What every database may rely on in a batch. One that writes row after row would not mind, and so would not show, what one that writes
/// all rows in a statement stumbles over.
/// </summary>
internal static class BatchRules
{
    public static void Check(WriteBatch batch)
    {
        AreDistinct("campaign", batch.Units.Select(unit => unit.CampaignId));
        AreDistinct("lead", [
            .. batch.Units.SelectMany(unit => unit.Changes).Concat(batch.Changes).Select(change => change.After.Id),
            .. batch.Units.SelectMany(unit => unit.Removals).Select(removal => removal.LeadId),
        ]);
        AreDistinct("short link", batch.Units.SelectMany(unit => unit.Adds).Select(add => add.ShortLink?.Code).OfType<string>());
        AreDistinct("key", batch.Answers.Select(answer => answer.Key));
        foreach (var unit in batch.Units)
        {
            AreDistinct("e-mail", unit.Adds.Select(add => add.Email).OfType<string>());
            AreDistinct("phone", unit.Adds.Select(add => add.Phone).OfType<string>());
        }
    }

    private static void AreDistinct<T>(string what, IEnumerable<T> values)
    {
        HashSet<T> seen = [];
        foreach (var value in values) Broken.Unless(seen.Add(value), $"The {what} {value} is twice in one transaction.");
    }
}
