using System.Text.Json;
using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Campaigns;
using Microsoft.Extensions.DependencyInjection;

namespace LeadEngine.ApiHost.Tests.Dialects.KickoffLabs;

/// <summary>A campaign of a real engine with an action and a tag, as its owner uses it through the dialect.</summary>
internal sealed class LiveCampaign
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly LeadEngineApplication _app;

    private LiveCampaign(LeadEngineApplication app, HttpCampaign campaign) =>
        (_app, Http, Owner) = (app, campaign, KickoffLabsClient.Owner(app, campaign));

    public HttpCampaign Http { get; }

    public KickoffLabsClient Owner { get; }

    /// <summary>The action's id: 3 points.</summary>
    public long ActionId { get; private set; }

    /// <summary>The tag's id: 10 points.</summary>
    public long TagId { get; private set; }

    public static async Task<LiveCampaign> Create(LeadEngineApplication app, Func<CampaignSettings, CampaignSettings>? change = null)
    {
        var campaign = new LiveCampaign(app, await app.CreateCampaign());
        var settings = await campaign.Configure(settings => (change ?? (same => same))(settings) with
        {
            Actions = [new CampaignAction { Name = "Follow us", Points = 3 }],
            Tags = [new LeadTag { Name = "VIP", Points = 10 }],
        });
        (campaign.ActionId, campaign.TagId) = (settings.Actions[0].Id, settings.Tags[0].Id);
        return campaign;
    }

    public async Task<CampaignSettings> Configure(Func<CampaignSettings, CampaignSettings> change)
    {
        var grain = _app.Services.GetRequiredService<IGrainFactory>().GetGrain<ICampaignGrain>(Http.Id);
        var known = (await grain.Get()).Campaign!;
        var changed = await grain.Configure(known.Revision, change(known.Settings));
        _app.Services.GetRequiredService<CampaignCatalog>().Forget(Http.Id);
        return changed.Campaign!.Settings;
    }

    /// <summary>Signs somebody up.</summary>
    public Task<JsonElement> SignUp(string name, string? referredBy = null) =>
        Http.SignUpAsOwner(new { email = $"{name}@example.com", first_name = name, social_id = referredBy }).Json();

    /// <summary>How somebody is known.</summary>
    public Task<JsonElement> Lead(string name) => Http.LookUpAsOwner($"email={name}@example.com").Json();

    /// <summary>Waits for queued work until somebody is as it shall be made.</summary>
    public async Task<JsonElement> LeadOnce(string name, Func<JsonElement, bool> isSo)
    {
        var start = TimeProvider.System.GetTimestamp();
        var lead = await Lead(name);
        while (!isSo(lead) && TimeProvider.System.GetElapsedTime(start) < Patience)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System);
            lead = await Lead(name);
        }

        Assert.True(isSo(lead), lead.GetRawText());
        return lead;
    }

    public async Task<long> ScoreOf(string name) => (await Lead(name)).Number("contest_score");

    /// <summary>The first names on the leaderboard, in its order.</summary>
    public async Task<string[]> Leaders() =>
        [.. (await Owner.Get("leaderboard?limit=50&lead_description=first_name&avatar_default=icon").Json())
            .EnumerateArray().Select(leader => leader.Text("lead_description"))];
}
