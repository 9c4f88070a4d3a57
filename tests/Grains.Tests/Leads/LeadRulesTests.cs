using LeadEngine.Campaigns;
using LeadEngine.Grains.Leads;
using LeadEngine.Leads;
using LeadEngine.Webhooks;
using static LeadEngine.Grains.Tests.Leads.SampleLeads;

namespace LeadEngine.Grains.Tests.Leads;

public sealed class LeadRulesTests
{
    [Fact]
    public void Update_Counts() => Assert.Equal(2, LeadRules.Update(Stored().Lead, Upsert(1)).Counter);

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public void Update_OptedOutLead_IsOptedInUnlessTheCommandKeepsIt(bool keep, bool expected)
    {
        var lead = Stored(profile: new LeadProfile { OptedOut = true }).Lead;

        Assert.Equal(expected, LeadRules.Update(lead, Upsert(1) with { KeepOptOut = keep }).Profile.OptedOut);
    }

    [Fact]
    public void Update_KeepOptOut_OptsNobodyOut() => Assert.False(LeadRules.Update(Stored().Lead, Upsert(1) with { KeepOptOut = true }).Profile.OptedOut);

    [Fact]
    public void Update_WhatIsNotSaid_StaysAsItWas()
    {
        var lead = Stored(profile: new LeadProfile { FirstName = "Ada", Uid = "u1", Tags = ["vip"], VerifiedEmail = true }).Lead;

        var profile = LeadRules.Update(lead, Upsert(1, patch: new LeadPatch { Uid = "u2" })).Profile;

        Assert.Equal(lead.Profile with { Uid = "u2" }, profile);
    }

    [Fact]
    public void Update_CustomFields_AreMergedByName()
    {
        var lead = Stored(profile: new LeadProfile { CustomFields = [new("company", "\"Acme\""), new("seats", "5"), new("old", "1")] }).Lead;
        var patch = new LeadPatch { CustomFields = [new("seats", "6"), new("city", "\"Paris\""), new("old", "null")] };

        var fields = LeadRules.Update(lead, Upsert(1, patch: patch)).Profile.CustomFields;

        Assert.Equal<CustomField>([new("company", "\"Acme\""), new("seats", "6"), new("city", "\"Paris\"")], fields);
    }

    [Fact]
    public void Update_Utm_IsMergedByName()
    {
        var lead = Stored(profile: new LeadProfile { Utm = [new("source", "mail"), new("medium", "a")] }).Lead;

        var utm = LeadRules.Update(lead, Upsert(1, patch: new LeadPatch { Utm = [new("source", "web")] })).Profile.Utm;

        Assert.Equal<UtmParameter>([new("source", "web"), new("medium", "a")], utm);
    }

    [Fact]
    public void NewProfile_WhatAPatchSays_IsKept()
    {
        var patch = new LeadPatch
        {
            ContactEmail = "a@b.c",
            ContactPhone = "+1",
            PhoneAsSent = "(1)",
            Region = "CA",
            ZipCode = "94105",
            Link = "https://a.example",
            ExternalCreatedAt = Noon,
        };

        Assert.Equal(
            new LeadProfile
            {
                ContactEmail = "a@b.c",
                ContactPhone = "+1",
                PhoneAsSent = "(1)",
                Region = "CA",
                ZipCode = "94105",
                Link = "https://a.example",
                ExternalCreatedAt = Noon,
            },
            LeadRules.NewProfile(patch, []));
    }

    [Fact]
    public void NewEvents_Tags_AreToldOneByOne()
    {
        LeadTag vip = new() { Id = 7, Name = "vip", Points = 9 }, press = new() { Id = 8, Name = "press" };

        Assert.Equal<EventNote>([Tagging.Note(vip), Tagging.Note(press)], LeadRules.NewEvents([vip, press, vip]));
        Assert.Empty(LeadRules.NewEvents(default));
    }

    [Fact]
    public void NewProfile_NullField_IsNotKept() =>
        Assert.Empty(LeadRules.NewProfile(new LeadPatch { CustomFields = [new("company", "null")] }, []).CustomFields);
}
