using LeadEngine.ApiHost.Http;
using LeadEngine.Campaigns;

namespace LeadEngine.ApiHost.Admin;

/// <summary>An action of a campaign as the administration writes and reads it. Without an id it is a new one.</summary>
internal sealed record ActionBody(long Id = 0, string? Name = null, int Points = 0)
{
    public static ActionBody From(CampaignAction action) => new(action.Id, action.Name, action.Points);

    public CampaignAction ToAction() => new() { Id = Id, Name = Name!, Points = Points };
}

/// <summary>A tag of a campaign.</summary>
internal sealed record TagBody(long Id = 0, string? Name = null, string? Description = null, int Points = 0)
{
    public static TagBody From(LeadTag tag) => new(tag.Id, tag.Name, tag.Description, tag.Points);

    public LeadTag ToTag() => new() { Id = Id, Name = Name!, Description = Description, Points = Points };
}

/// <summary>A reward level of a campaign.</summary>
internal sealed record RewardLevelBody(long Id = 0, int RequiredPoints = 0, string? Subject = null)
{
    public static RewardLevelBody From(RewardLevel level) => new(level.Id, level.RequiredPoints, level.Subject);

    public RewardLevel ToLevel() => new() { Id = Id, RequiredPoints = RequiredPoints, Subject = Subject! };
}

/// <summary>What actions, tags and reward levels have to keep to.</summary>
internal static class ScoringBody
{
    public const int MaxPoints = 99_999;
    private const int MaxActions = 100;
    private const int MaxTags = 100;
    private const int MaxLevels = 50;
    private const int MaxDescriptionLength = 1_000;

    /// <param name="next">What the settings shall be.</param>
    /// <param name="known">What they were: who is not new was there before.</param>
    public static IEnumerable<FaultDetail> WhatIsWrong(CampaignBody next, CampaignBody known) =>
    [
        .. Actions(next.Actions), .. Tags(next.Tags), .. Levels(next.RewardLevels),
        .. Ids("actions", [.. next.Actions.OfType<ActionBody>().Select(body => body.Id)], known.Actions.Select(body => body!.Id)),
        .. Ids("tags", [.. next.Tags.OfType<TagBody>().Select(body => body.Id)], known.Tags.Select(body => body!.Id)),
        .. Ids("reward_levels", [.. next.RewardLevels.OfType<RewardLevelBody>().Select(body => body.Id)], known.RewardLevels.Select(body => body!.Id)),
    ];

    private static IEnumerable<FaultDetail> Actions(ActionBody?[] actions)
    {
        if (actions.Length > MaxActions) yield return Wrong("actions", $"actions must be at most {MaxActions}.");
        foreach (var (place, action) in actions.Index())
        {
            if (!AdminRules.IsName(action?.Name)) yield return Wrong($"actions[{place}].name", "An action's name must have 1 to 255 characters.");
            if (action?.Points is < 0 or > MaxPoints) yield return WrongPoints($"actions[{place}].points");
        }
    }

    private static IEnumerable<FaultDetail> Tags(TagBody?[] tags)
    {
        if (tags.Length > MaxTags) yield return Wrong("tags", $"tags must be at most {MaxTags}.");
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (var (place, tag) in tags.Index())
        {
            if (!AdminRules.IsName(tag?.Name)) yield return Wrong($"tags[{place}].name", "A tag's name must have 1 to 255 characters.");
            else if (!names.Add(tag!.Name!)) yield return Wrong($"tags[{place}].name", "Another tag has this name.");
            if (tag?.Points is < 0 or > MaxPoints) yield return WrongPoints($"tags[{place}].points");
            if (tag?.Description is { Length: > MaxDescriptionLength } || tag?.Description?.Contains('\0') is true)
            {
                yield return Wrong($"tags[{place}].description", $"A tag's description must have at most {MaxDescriptionLength} characters.");
            }
        }
    }

    private static IEnumerable<FaultDetail> Levels(RewardLevelBody?[] levels)
    {
        if (levels.Length > MaxLevels) yield return Wrong("reward_levels", $"reward_levels must be at most {MaxLevels}.");
        foreach (var (place, level) in levels.Index())
        {
            if (level is not { RequiredPoints: > 0 }) yield return Wrong($"reward_levels[{place}].required_points", "required_points must be 1 or more.");
            if (!AdminRules.IsName(level?.Subject)) yield return Wrong($"reward_levels[{place}].subject", "A subject must have 1 to 255 characters.");
        }
    }

    private static IEnumerable<FaultDetail> Ids(string name, long[] ids, IEnumerable<long> known)
    {
        var there = known.ToHashSet();
        foreach (var (place, id) in ids.Index())
        {
            if (id != 0 && !there.Remove(id)) yield return Wrong($"{name}[{place}].id", "Leave the id out of what is new; others keep theirs, each once.");
        }
    }

    private static FaultDetail WrongPoints(string name) => Wrong(name, $"points must be from 0 to {MaxPoints}.");

    private static FaultDetail Wrong(string name, string message) => new(name, "invalid_setting", message);
}
