using System.Collections.Immutable;
using LeadEngine.ApiHost.OpenApi;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>What the API's description says of the routes that show a campaign.</summary>
internal static class CampaignOperations
{
    private static readonly ImmutableArray<ApiMember> Campaign =
    [
        new("id", ApiType.Integer), new("name", ApiType.Text), new("campaign_type", ApiType.Text), new("status", ApiType.Text),
        new("lead_count", ApiType.Integer), new("site_url", ApiType.Text, true), new("thankyou_url", ApiType.Text, true),
    ];

    private static readonly ImmutableArray<ApiMember> CampaignStats =
    [
        new("campaign_id", ApiType.Integer), new("list_id", ApiType.Integer), new("name", ApiType.Text), new("campaign_type", ApiType.Text),
        new("status", ApiType.Text), new("lead_count", ApiType.Integer), new("leads", ApiType.Integer), new("referred", ApiType.Integer),
        new("referred_verified", ApiType.Integer), new("fraudulent", ApiType.Integer), new("highest_contest_score", ApiType.Integer),
        new("total_contest_score", ApiType.Integer),
    ];

    private static readonly ImmutableArray<ApiMember> Action =
    [
        new("id", ApiType.Integer), new("name", ApiType.Text), new("points", ApiType.Integer), new("action_type", ApiType.Text),
    ];

    private static readonly ImmutableArray<ApiMember> LeadTag =
    [
        new("id", ApiType.Integer), new("name", ApiType.Text), new("description", ApiType.Text, true), new("points", ApiType.Integer),
    ];

    private static readonly ImmutableArray<ApiMember> Leader =
    [
        new("position", ApiType.Integer), new("contest_score_rank", ApiType.Integer), new("contest_score", ApiType.Integer),
        new("social_id", ApiType.Text), new("lead_description", ApiType.Text), new("avatar", ApiType.Text), new("flagged", ApiType.Flag),
    ];

    public static readonly ApiOperation ListCampaigns =
        Shown("listCampaigns", "Lists the campaigns of an API key.", Campaign, isList: true) with { PathParts = [] };

    public static readonly ApiOperation Stats = Shown("campaignStats", "Shows a campaign in numbers.", CampaignStats, isList: false);

    public static readonly ApiOperation ListActions =
        Shown("listActions", "Lists what leads can do for points, with the tags that bring some.", Action, isList: true);

    public static readonly ApiOperation ListTags = Shown("listTags", "Lists the tags that leads can be given.", LeadTag, isList: true);

    public static readonly ApiOperation Leaderboard =
        Shown("leaderboard", "Lists the leads with the most points.", Leader, isList: true) with
        {
            Description = "Anybody may ask. Where the campaign hides personal data, strangers see first names and social ids only.",
            Parameters =
            [
                KickoffLabsOperations.ApiKey,
                new("limit", ApiType.Integer, "How many at most: 1 to 50.", IsRequired: true),
                new("lead_description", ApiType.Text, "first_name, full_name, social_id or the name of a custom field.", IsRequired: true),
                new("avatar_default", ApiType.Text, "For those without a picture: identicon, icon or ui.", IsRequired: true),
                new("social_id", ApiType.Text, "The lead to flag."),
            ],
        };

    private static ApiOperation Shown(string id, string summary, ImmutableArray<ApiMember> members, bool isList) => new()
    {
        Id = id,
        Tag = KickoffLabsOperations.Tag,
        Summary = summary,
        Description = "Needs an API key.",
        PathParts = [KickoffLabsOperations.CampaignPart],
        Parameters = [KickoffLabsOperations.ApiKey],
        Answers =
        [
            new(StatusCodes.Status200OK, "What was asked for.", members, isList),
            .. KickoffLabsOperations.Faults,
        ],
    };
}
