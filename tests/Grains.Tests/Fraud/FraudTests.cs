using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Grains.Tests.Fraud;

[Collection(EngineCollection.Name)]
public sealed class FraudTests(EngineFixture engine)
{
    [Fact]
    public async Task Add_MoreLeadsFromOneAddressThanAllowed_AreFlagged()
    {
        var campaign = await Create(new FraudSettings { SignupsPerIp = 2 });

        var flags = new List<bool>();
        foreach (var name in new[] { "ada", "bob", "eve" }) flags.Add((await SignUp(campaign, name, "192.0.2.1")).Profile.Fraudulent);

        Assert.Equal([false, false, true], flags);
        Assert.Equal<string>(["duplicate_ip"], (await campaign.Find("eve@example.com")).Lead!.Profile.FraudReasons);
        Assert.False((await SignUp(campaign, "kim", "192.0.2.2")).Profile.Fraudulent);
    }

    [Fact]
    public async Task Add_ManyAtOnceFromOneAddress_FlagsAllButThoseAllowed()
    {
        var campaign = await Create(new FraudSettings { SignupsPerIp = 3 });

        await Task.WhenAll(Enumerable.Range(0, 60).Select(number => SignUp(campaign, $"p{number}", "192.0.2.1")));

        Assert.Equal(3, (await campaign.Leads()).Count(lead => !lead.Profile.Fraudulent));
        Assert.Equal(57, (await campaign.Grain.GetStats()).Fraudulent);
    }

    [Fact]
    public async Task Add_WithoutIpCheck_IsNeitherCountedNorFlagged()
    {
        var campaign = await Create(new FraudSettings { SignupsPerIp = 1 });
        foreach (var name in new[] { "ada", "bob" })
        {
            var lead = await SignUp(campaign, name, "192.0.2.1", command => command with { SkipIpCheck = true });
            Assert.False(lead.Profile.Fraudulent);
        }

        Assert.False((await SignUp(campaign, "eve", "192.0.2.1")).Profile.Fraudulent);
        Assert.True((await SignUp(campaign, "kim", "192.0.2.1")).Profile.Fraudulent);
    }

    [Fact]
    public async Task Add_AddressesOfOneIPv6Network_CountTogether()
    {
        var campaign = await Create(new FraudSettings { SignupsPerIp = 1 });
        await SignUp(campaign, "ada", "2001:db8:1:2::1");

        Assert.True((await SignUp(campaign, "bob", "2001:db8:1:2:ffff::9")).Profile.Fraudulent);
        Assert.False((await SignUp(campaign, "eve", "2001:db8:1:3::1")).Profile.Fraudulent);
    }

    /// <summary>A limit that is set late, and an activation that begins anew, count those who are in.</summary>
    [Fact]
    public async Task Configure_LimitSetLater_CountsThoseWhoWereThereBefore()
    {
        var campaign = await Create(new FraudSettings());
        await SignUp(campaign, "ada", "192.0.2.1");
        await Limit(campaign, signupsPerIp: 1);

        Assert.True((await SignUp(campaign, "bob", "192.0.2.1")).Profile.Fraudulent);
    }

    [Fact]
    public async Task Configure_LimitSetLater_LeavesOutThoseWithoutIpCheck()
    {
        var campaign = await Create(new FraudSettings());
        await SignUp(campaign, "ada", "192.0.2.1", command => command with { SkipIpCheck = true });
        await Limit(campaign, signupsPerIp: 1);

        Assert.False((await SignUp(campaign, "bob", "192.0.2.1")).Profile.Fraudulent);
    }

    [Fact]
    public async Task Configure_LimitSetLater_CountsTheAddressOfTheSignUpAndNotOfUpdates()
    {
        var campaign = await Create(new FraudSettings());
        foreach (var ip in new[] { "192.0.2.1", "192.0.2.2", "192.0.2.3" }) await SignUp(campaign, "ada", ip);
        await Limit(campaign, signupsPerIp: 1);

        Assert.True((await SignUp(campaign, "bob", "192.0.2.1")).Profile.Fraudulent);
        Assert.False((await SignUp(campaign, "eve", "192.0.2.2")).Profile.Fraudulent);
        Assert.False((await SignUp(campaign, "kim", "192.0.2.3")).Profile.Fraudulent);
    }

    [Fact]
    public async Task Remove_Lead_MakesRoomForAnotherFromItsAddress()
    {
        var campaign = await Create(new FraudSettings { SignupsPerIp = 1 });
        var ada = await SignUp(campaign, "ada", "192.0.2.1");
        await campaign.Lead(ada.Id).Remove(campaign.Id, leaveMember: false);

        Assert.False((await SignUp(campaign, "bob", "192.0.2.1")).Profile.Fraudulent);
        Assert.True((await SignUp(campaign, "eve", "192.0.2.1")).Profile.Fraudulent);
    }

    [Fact]
    public async Task Apply_Approve_PutsAFlaggedLeadIntoTheContest()
    {
        var campaign = await Create(new FraudSettings { FlagDisposable = true });
        var ada = (await campaign.Upsert("ada@example.com")).Lead!;
        var bob = await campaign.Upsert("bob@mailinator.com", change: command => command with { ReferrerId = ada.Id, Points = 9 });
        Assert.Equal((true, 0), (bob.Lead!.Profile.Fraudulent, bob.Standing!.ContestScore));
        Assert.Equal(0, (await campaign.Find("ada@example.com")).Standing!.ContestScore);

        var approved = await campaign.Lead(bob.Lead.Id).Apply(campaign.Order(LeadOrder.Approve));

        Assert.Equal((false, 9), (approved.Lead!.Profile.Fraudulent, approved.Standing!.ContestScore));
        Assert.Empty(approved.Lead.Profile.FraudReasons);
        Assert.Equal(1, (await campaign.Find("ada@example.com")).Standing!.ContestScore);
    }

    private Task<TestCampaign> Create(FraudSettings fraud) => engine.CreateCampaign(new CampaignSettings { Name = "Test", Fraud = fraud });

    private static async Task Limit(TestCampaign campaign, int signupsPerIp)
    {
        var known = (await campaign.Grain.Get()).Campaign!;
        await campaign.Grain.Configure(known.Revision, known.Settings with { Fraud = new FraudSettings { SignupsPerIp = signupsPerIp } });
    }

    private static async Task<Lead> SignUp(
        TestCampaign campaign, string name, string ip, Func<UpsertLead, UpsertLead>? change = null)
    {
        var reply = await campaign.Upsert(
            $"{name}@example.com",
            change: command => (change ?? (same => same))(command with { Patch = new LeadPatch { Ip = ip } }));
        return reply.Lead!;
    }
}
