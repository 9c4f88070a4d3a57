using System.Text.Json;
using System.Text.Json.Nodes;
using LeadEngine.ApiHost.Dialects.KickoffLabs;
using LeadEngine.ApiHost.Http;
using LeadEngine.Campaigns;
using LeadEngine.Grains.Leads;

namespace LeadEngine.ApiHost.Admin;

/// <summary>A campaign's settings as the administration writes and reads them.</summary>
internal record CampaignBody
{
    private const int MaxNameLength = 255;
    private const int MaxUrlLength = 2_048;
    private const long MaxJumpStart = 1_000_000_000;
    private const int MaxOrigins = 100;

    public string? Name { get; init; }

    public string? SiteUrl { get; init; }

    public string? ThankyouUrl { get; init; }

    public long JumpStart { get; init; }

    public bool RequireApiKey { get; init; }

    public bool HidePii { get; init; } = true;

    public string DefaultRegion { get; init; } = "US";

    public bool Waitlist { get; init; }

    public bool VerificationRequired { get; init; }

    public int ReferralPoints { get; init; } = 1;

    public bool Draft { get; init; }

    public bool SkipDoNotContact { get; init; } = true;

    public string PostingStrategy { get; init; } = AdminRules.NameOf(default(PostingStrategy));

    public int SignupPoints { get; init; }

    public int? VerifiedReferralPoints { get; init; }

    public int IndirectReferralPoints { get; init; }

    public int? VerifiedIndirectReferralPoints { get; init; }

    public ActionBody?[] Actions { get; init; } = [];

    public TagBody?[] Tags { get; init; } = [];

    public RewardLevelBody?[] RewardLevels { get; init; } = [];

    public FraudBody Fraud { get; init; } = new();

    public bool DoubleOptIn { get; init; }

    public bool PhoneVerification { get; init; }

    public RateLimitsBody RateLimits { get; init; } = new();

    public string[] CorsOrigins { get; init; } = ["*"];

    public string[] WithdrawnInboundWebhooks { get; init; } = [];

    public static CampaignBody From(CampaignSettings settings) => new()
    {
        Name = settings.Name,
        SiteUrl = settings.SiteUrl,
        ThankyouUrl = settings.ThankyouUrl,
        JumpStart = settings.JumpStart,
        RequireApiKey = settings.RequireApiKey,
        HidePii = settings.HidePii,
        DefaultRegion = settings.DefaultRegion,
        Waitlist = settings.Waitlist,
        VerificationRequired = settings.VerificationRequired,
        ReferralPoints = settings.ReferralPoints,
        Draft = settings.Draft,
        SkipDoNotContact = settings.SkipDoNotContact,
        PostingStrategy = AdminRules.NameOf(settings.PostingStrategy),
        SignupPoints = settings.SignupPoints,
        VerifiedReferralPoints = settings.VerifiedReferralPoints,
        IndirectReferralPoints = settings.IndirectReferralPoints,
        VerifiedIndirectReferralPoints = settings.VerifiedIndirectReferralPoints,
        Actions = [.. settings.Actions.Select(ActionBody.From)],
        Tags = [.. settings.Tags.Select(TagBody.From)],
        RewardLevels = [.. settings.RewardLevels.Select(RewardLevelBody.From)],
        Fraud = FraudBody.From(settings.Fraud),
        DoubleOptIn = settings.DoubleOptIn,
        PhoneVerification = settings.PhoneVerification,
        RateLimits = RateLimitsBody.From(settings.RateLimits),
        CorsOrigins = [.. settings.CorsOrigins],
        WithdrawnInboundWebhooks = [.. settings.WithdrawnInboundWebhooks],
    };

    /// <summary>The settings that result when a body is laid over these; what it sets to null gets its default.</summary>
    public Checked<CampaignSettings> With(JsonObject changes)
    {
        var merged = JsonSerializer.SerializeToNode(this, AdminBody.Options)!.AsObject();
        foreach (var (name, value) in changes)
        {
            merged.Remove(name);
            if (value is not null) merged.Add(name, value.DeepClone());
        }

        var body = AdminBody.Deserialize<CampaignBody>(merged);
        return body.IsGood ? body.Value.ToSettings(this) : body.Fault;
    }

    private Checked<CampaignSettings> ToSettings(CampaignBody known)
    {
        FaultDetail[] wrong = [.. WhatIsWrong(), .. WrongPoints(), .. ScoringBody.WhatIsWrong(this, known), .. Fraud.WhatIsWrong()];
        return wrong.Length > 0
            ? AdminFaults.Invalid(wrong)
            : new CampaignSettings
            {
                Name = Name!,
                SiteUrl = SiteUrl,
                ThankyouUrl = ThankyouUrl,
                JumpStart = JumpStart,
                RequireApiKey = RequireApiKey,
                HidePii = HidePii,
                DefaultRegion = DefaultRegion.ToUpperInvariant(),
                Waitlist = Waitlist,
                VerificationRequired = VerificationRequired,
                ReferralPoints = ReferralPoints,
                Draft = Draft,
                SkipDoNotContact = SkipDoNotContact,
                PostingStrategy = AdminRules.StrategyOf(PostingStrategy)!.Value,
                SignupPoints = SignupPoints,
                VerifiedReferralPoints = VerifiedReferralPoints,
                IndirectReferralPoints = IndirectReferralPoints,
                VerifiedIndirectReferralPoints = VerifiedIndirectReferralPoints,
                Actions = [.. Actions.Select(action => action!.ToAction())],
                Tags = [.. Tags.Select(tag => tag!.ToTag())],
                RewardLevels = [.. RewardLevels.Select(level => level!.ToLevel()).OrderBy(level => level.RequiredPoints)],
                Fraud = Fraud.ToSettings(),
                DoubleOptIn = DoubleOptIn,
                PhoneVerification = PhoneVerification,
                RateLimits = RateLimits.ToSettings(),
                CorsOrigins = [.. CorsOrigins.Select(origin => origin.ToLowerInvariant())],
                WithdrawnInboundWebhooks = [.. WithdrawnInboundWebhooks],
            };
    }

    private IEnumerable<FaultDetail> WhatIsWrong()
    {
        if (!AdminRules.IsName(Name)) yield return Wrong("name", $"name must have 1 to {MaxNameLength} characters.");
        if (!IsPageUrl(SiteUrl)) yield return Wrong("site_url", "site_url must be an absolute http or https address.");
        if (!IsPageUrl(ThankyouUrl)) yield return Wrong("thankyou_url", "thankyou_url must be an absolute http or https address.");
        if (JumpStart is < 0 or > MaxJumpStart) yield return Wrong("jump_start", $"jump_start must be from 0 to {MaxJumpStart}.");
        if (!PhoneNormalizer.IsRegion(DefaultRegion.ToUpperInvariant()))
        {
            yield return Wrong("default_region", "default_region must be an ISO 3166 region, for example US.");
        }

        if (AdminRules.StrategyOf(PostingStrategy) is null)
        {
            yield return Wrong("posting_strategy", "posting_strategy must be as_received, earliest_first or latest_first.");
        }

        if (!RateLimits.IsValid()) yield return Wrong("rate_limits", RateLimitsBody.WhatIsValid);
        if (CorsOrigins.Length > MaxOrigins || !Array.TrueForAll(CorsOrigins, origin => origin is "*" || WebAddress.IsOrigin(origin)))
        {
            yield return Wrong("cors_origins", $"cors_origins must be \"*\", or up to {MaxOrigins} origins such as https://www.example.com.");
        }

        if (WithdrawnInboundWebhooks.Length > AdminInbound.MaxWithdrawn || !Array.TrueForAll(WithdrawnInboundWebhooks, InboundLinks.IsId))
        {
            yield return Wrong(
                "withdrawn_inbound_webhooks",
                "withdrawn_inbound_webhooks can only keep or leave out what a withdrawal put there.");
        }
    }

    private IEnumerable<FaultDetail> WrongPoints()
    {
        (string Name, int? Points)[] all =
        [
            ("signup_points", SignupPoints), ("referral_points", ReferralPoints), ("verified_referral_points", VerifiedReferralPoints),
            ("indirect_referral_points", IndirectReferralPoints), ("verified_indirect_referral_points", VerifiedIndirectReferralPoints),
        ];
        return all.Where(points => points.Points is < 0 or > ScoringBody.MaxPoints)
            .Select(points => Wrong(points.Name, $"{points.Name} must be from 0 to {ScoringBody.MaxPoints}."));
    }

    private static bool IsPageUrl(string? url) => url is null || (url.Length <= MaxUrlLength && WebAddress.IsWebAddress(url));

    private static FaultDetail Wrong(string name, string message) => new(name, "invalid_setting", message);
}

/// <summary>Body of <c>POST /admin/campaigns</c>.</summary>
internal sealed record NewCampaignBody : CampaignBody
{
    public required long AccountId { get; init; }
}

/// <summary>Body of <c>PATCH /admin/campaigns/{id}</c>: any of these.</summary>
internal sealed record CampaignPatchBody : CampaignBody
{
    public string? Status { get; init; }
}

/// <summary>A campaign as the administration shows it.</summary>
internal sealed record CampaignAnswer : CampaignBody
{
    public required long CampaignId { get; init; }

    public required long AccountId { get; init; }

    public required string Status { get; init; }

    public required long LeadCount { get; init; }

    public required long Revision { get; init; }

    public RescoreProgress? Rescoring { get; init; }

    public static CampaignAnswer From(Campaign campaign) => new(CampaignBody.From(campaign.Settings))
    {
        CampaignId = campaign.Id,
        AccountId = campaign.AccountId,
        Status = AdminRules.NameOf(campaign.Status),
        LeadCount = campaign.LeadCount,
        Revision = campaign.Revision,
        Rescoring = campaign.Rescoring,
    };

    private CampaignAnswer(CampaignBody settings)
        : base(settings)
    {
    }
}
