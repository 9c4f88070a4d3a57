using System.Collections.Immutable;
using System.Text.Json;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Webhooks;

namespace LeadEngine.Grains.Leads;

/// <summary>Gives tags to leads, each once.</summary>
internal static class Tagging
{
    /// <summary>The tags that a lead has not got, each once.</summary>
    public static ImmutableArray<LeadTag> Missing(LeadProfile profile, ImmutableArray<LeadTag> tags) => tags.IsDefaultOrEmpty
        ? []
        : [.. tags.DistinctBy(tag => tag.Name).Where(tag => !profile.Tags.Contains(tag.Name))];

    public static ImmutableArray<string> Names(ImmutableArray<string> known, ImmutableArray<LeadTag> given) =>
        given.IsEmpty ? known : [.. known, .. given.Select(tag => tag.Name)];

    /// <summary>What is earned by tags: their ids, in the order of the ids.</summary>
    public static ImmutableArray<long> Earned(ImmutableArray<LeadTag> given) => given.IsDefaultOrEmpty
        ? []
        : [.. given.Select(tag => tag.Id).Distinct().Order()];

    public static EventNote Note(LeadTag tag) => new(
        EventKind.Tagged,
        JsonSerializer.Serialize(new Dictionary<string, object> { ["name"] = tag.Name, ["points"] = tag.Points, ["tag_id"] = tag.Id }));
}
