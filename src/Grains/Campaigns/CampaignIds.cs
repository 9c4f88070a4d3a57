using LeadEngine.Campaigns;

namespace LeadEngine.Grains.Campaigns;

/// <summary>
/// Numbers the actions, tags and reward levels of a campaign. A number is never given twice: leads keep it as what they have earned.
/// </summary>
internal static class CampaignIds
{
    /// <summary>The campaign with these settings; what has the id 0 in them has got one.</summary>
    public static CampaignRecord Assign(CampaignRecord campaign, CampaignSettings settings)
    {
        var last = campaign.LastId;
        foreach (var known in settings.Actions.Select(action => action.Id)
            .Concat(settings.Tags.Select(tag => tag.Id)).Concat(settings.RewardLevels.Select(level => level.Id)))
        {
            last = Math.Max(last, known);
        }

        var numbered = settings with
        {
            Actions = [.. settings.Actions.Select(action => action.Id == 0 ? action with { Id = ++last } : action)],
            Tags = [.. settings.Tags.Select(tag => tag.Id == 0 ? tag with { Id = ++last } : tag)],
            RewardLevels = [.. settings.RewardLevels.Select(level => level.Id == 0 ? level with { Id = ++last } : level)],
        };
        return campaign with { Settings = numbered, LastId = last };
    }
}
