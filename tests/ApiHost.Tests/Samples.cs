using LeadEngine.Accounts;
using LeadEngine.ApiHost.Dialects.KickoffLabs;
using LeadEngine.ApiHost.Installation;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Campaigns;
using LeadEngine.Grains.Leads;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Tests;

/// <summary>A campaign, a lead and what goes with them, for tests to vary.</summary>
internal static class Samples
{
    public const long CampaignId = 135_544;
    public const long AccountId = 7;
    public const long LeadId = 107_646_230;

    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static readonly InstallationKeys Keys = new(
        new SocialIds(new byte[32]), new LeadLinks(new byte[32], new ManualClock()), new ObjectIds(new byte[32]), new InboundLinks(new byte[32]));

    public static readonly CampaignSettings Settings = new()
    {
        Name = "Launch",
        SiteUrl = "https://www.example.com/",
        ThankyouUrl = "https://example.com/thanks",
    };

    public static readonly Campaign Campaign = new()
    {
        Id = CampaignId,
        AccountId = AccountId,
        Status = CampaignStatus.Open,
        LeadCount = 0,
        Settings = Settings,
    };

    public static readonly Caller Stranger = new(Campaign, null);

    public static readonly Caller Owner = new(Campaign, new KeyGrant(AccountId, null));

    public static readonly Lead Lead = new()
    {
        Id = LeadId,
        CampaignId = CampaignId,
        Rank = 268,
        CreatedAt = Noon,
        Counter = 2,
        Email = "me@example.com",
        Profile = new LeadProfile { Ip = "127.0.0.1", Waitlisted = true },
    };

    public static readonly Standing Standing = new() { LeadCount = 1, Score = default, ScoreRank = 1, ContestScore = 0 };

    public static readonly CampaignStats Stats = new()
    {
        Leads = 5,
        Referred = 3,
        ReferredVerified = 2,
        Fraudulent = 1,
        HighestScore = 9,
        TotalScore = 12,
    };

    public static readonly CampaignAction Action = new() { Id = 11, Name = "Follow us", Points = 3 };

    public static readonly LeadTag Tag = new() { Id = 12, Name = "VIP", Description = "Came early", Points = 10 };

    /// <summary>Gives the engine's campaign an action and a tag.</summary>
    public static void HasTagsAndActions(FakeEngine engine) => engine.OnGetCampaign = () => Task.FromResult(
        CampaignReply.Accepted(Campaign with { Settings = Settings with { Actions = [Action], Tags = [Tag] } }));

    public static string SocialId => Keys.SocialIds.Encode(LeadId);

    public static LeadView View(bool isAuthorized = false, CampaignSettings? settings = null) => new()
    {
        Campaign = Campaign with { Settings = settings ?? Settings },
        Keys = Keys,
        EngineAddress = "http://localhost:5080",
        IsAuthorized = isAuthorized,
    };
}
