using System.Text.Json;
using LeadEngine.Campaigns;
using LeadEngine.Grains.Accounts;
using LeadEngine.Grains.Campaigns;
using LeadEngine.Grains.Installation;

namespace LeadEngine.Grains.Tests;

/// <summary>
/// The members under which grains' state lies in databases: a rename would lose it. New members may be added to these texts.
/// </summary>
public sealed class StateTextTests
{
    [Fact]
    public void Campaign_KeepsItsMembers() => AssertText(
        """
        {"AccountId":7,"Settings":{"Name":"Launch","SiteUrl":"https://a.example","ThankyouUrl":"https://b.example","JumpStart":5,
        "RequireApiKey":true,"HidePii":false,"DefaultRegion":"DE","Waitlist":true,"VerificationRequired":true,"ReferralPoints":3,"Draft":true,
        "SkipDoNotContact":false,"PostingStrategy":2,"SignupPoints":4,"VerifiedReferralPoints":5,"IndirectReferralPoints":6,
        "VerifiedIndirectReferralPoints":7,"Actions":[{"Id":1,"Name":"Follow","Points":8}],
        "Tags":[{"Id":2,"Name":"vip","Description":"Friends","Points":9}],
        "RewardLevels":[{"Id":3,"RequiredPoints":10,"Subject":"A hat"}],
        "Fraud":{"SignupsPerIp":11,"FlagDisposable":true,"EmailDomains":["a.example"],"ReferrerDomains":["b.example"]},
        "DoubleOptIn":true,"PhoneVerification":true,
        "RateLimits":{"Gets":{"Limits":[{"Count":14,"Seconds":15}]},"Posts":null,"PerMinute":16},"CorsOrigins":["https://c.example"],
        "WithdrawnInboundWebhooks":["d"]},"Revision":12,"LastId":13}
        """,
        new CampaignRecord
        {
            AccountId = 7,
            Settings = new CampaignSettings
            {
                Name = "Launch",
                SiteUrl = "https://a.example",
                ThankyouUrl = "https://b.example",
                JumpStart = 5,
                RequireApiKey = true,
                HidePii = false,
                DefaultRegion = "DE",
                Waitlist = true,
                VerificationRequired = true,
                ReferralPoints = 3,
                Draft = true,
                SkipDoNotContact = false,
                PostingStrategy = PostingStrategy.LatestFirst,
                SignupPoints = 4,
                VerifiedReferralPoints = 5,
                IndirectReferralPoints = 6,
                VerifiedIndirectReferralPoints = 7,
                Actions = [new() { Id = 1, Name = "Follow", Points = 8 }],
                Tags = [new() { Id = 2, Name = "vip", Description = "Friends", Points = 9 }],
                RewardLevels = [new() { Id = 3, RequiredPoints = 10, Subject = "A hat" }],
                Fraud = new() { SignupsPerIp = 11, FlagDisposable = true, EmailDomains = ["a.example"], ReferrerDomains = ["b.example"] },
                DoubleOptIn = true,
                PhoneVerification = true,
                RateLimits = new() { Gets = new() { Limits = [new(14, 15)] }, PerMinute = 16 },
                CorsOrigins = ["https://c.example"],
                WithdrawnInboundWebhooks = ["d"],
            },
            Revision = 12,
            LastId = 13,
        });

    [Fact]
    public void Account_KeepsItsMembers() => AssertText(
        """{"Name":"Acme","Keys":[{"Label":"first","Digest":"abc","CampaignId":9}],"Campaigns":[9,12],"RequestsPerMinute":60}""",
        new AccountRecord { Name = "Acme", Keys = [new ApiKeyRecord("first", "abc", 9)], Campaigns = [9, 12], RequestsPerMinute = 60 });

    /// <summary>What was stored before a setting came to be means its default.</summary>
    [Fact]
    public void Campaign_WithoutALaterMember_HasItsDefault()
    {
        var settings = JsonSerializer.Deserialize<CampaignRecord>("""{"AccountId":7,"Settings":{"Name":"Launch"}}""")!.Settings;

        Assert.Equal(JsonSerializer.Serialize(new CampaignSettings { Name = "Launch" }), JsonSerializer.Serialize(settings));
        Assert.True(settings!.SkipDoNotContact);
    }

    [Fact]
    public void User_KeepsItsMembers() => AssertText(
        """{"Name":"Agency","KeyDigest":"abc","Accounts":[3,4]}""",
        new UserRecord { Name = "Agency", KeyDigest = "abc", Accounts = [3, 4] });

    [Fact]
    public void Installation_KeepsItsMembers() => AssertText("""{"HasAccounts":true}""", new InstallationRecord { HasAccounts = true });

    private static void AssertText<T>(string stored, T state)
    {
        Assert.Equal(stored.ReplaceLineEndings(""), JsonSerializer.Serialize(state));
        Assert.Equal(JsonSerializer.Serialize(state), JsonSerializer.Serialize(JsonSerializer.Deserialize<T>(stored)));
    }
}
