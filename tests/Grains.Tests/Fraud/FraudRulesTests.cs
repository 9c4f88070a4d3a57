using LeadEngine.Campaigns;
using LeadEngine.Grains.Fraud;
using LeadEngine.Leads;
using Microsoft.Extensions.Options;
using static LeadEngine.Grains.Tests.Leads.SampleLeads;

namespace LeadEngine.Grains.Tests.Fraud;

public sealed class FraudRulesTests
{
    [Theory]
    [InlineData("ada@mailinator.com", true)]
    [InlineData("ada@eu.mailinator.com", true)]
    [InlineData("ada@notmailinator.com", false)]
    [InlineData("ada@throwaway.example", true)]
    [InlineData("ada@example.com", false)]
    [InlineData(null, false)]
    public void Check_DisposableAddress_IsFlaggedWhereThatIsAsked(string? email, bool expected)
    {
        Assert.Equal(expected ? ["disposable_email"] : [], Check(new() { FlagDisposable = true }, email));
        Assert.Empty(Check(new(), email));
    }

    [Theory]
    [InlineData("ada@spam.example", true)]
    [InlineData("ada@a.b.spam.example", true)]
    [InlineData("ada@xspam.example", false)]
    [InlineData("ada@spam.example.org", false)]
    public void Check_BlockedDomain_CountsWholeLabels(string email, bool expected) =>
        Assert.Equal(expected ? ["blocked_domain"] : [], Check(new() { EmailDomains = ["spam.example"] }, email));

    [Theory]
    [InlineData("https://www.farm.example/page?x=1", true)]
    [InlineData("HTTP://FARM.EXAMPLE", true)]
    [InlineData("farm.example/page", true)]
    [InlineData("https://example.com/?from=farm.example", false)]
    [InlineData("https://farm.example.com/", false)]
    [InlineData("::", false)]
    [InlineData("", false)]
    public void Check_BlockedReferrer_GoesByTheHost(string referrer, bool expected) =>
        Assert.Equal(expected ? ["blocked_referrer"] : [], Check(new() { ReferrerDomains = ["farm.example"] }, "ada@example.com", referrer));

    [Fact]
    public void Check_SeveralReasons_AreAllKept() => Assert.Equal(
        ["disposable_email", "blocked_domain"], Check(new() { FlagDisposable = true, EmailDomains = ["com"] }, "ada@yopmail.com"));

    [Fact]
    public void Check_ContactAddress_IsLookedAtToo()
    {
        var lead = new NewLead { Request = Request(1), Phone = "+1", Profile = new LeadProfile { ContactEmail = "ada@spam.example" } };

        Assert.True(Rules(new() { EmailDomains = ["spam.example"] }).Check(lead).Profile.Fraudulent);
    }

    [Fact]
    public void DisposableDomains_FileOfSettings_IsRead()
    {
        var file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, "# ours\n\n Bin.Example \n");
            var domains = new DisposableDomains(Options.Create(new FraudOptions { DisposableDomainsFile = file }));

            Assert.True(domains.Covers("bin.example"));
            Assert.False(domains.Covers("ours"));
            Assert.True(domains.Covers("mailinator.com"));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static string[] Check(FraudSettings settings, string? email, string? referrer = null)
    {
        var lead = new NewLead { Request = Request(1), Email = email, Phone = "+1", Profile = new LeadProfile { Referrer = referrer } };
        var profile = Rules(settings).Check(lead).Profile;
        Assert.Equal(!profile.FraudReasons.IsEmpty, profile.Fraudulent);
        return [.. profile.FraudReasons];
    }

    private static FraudRules Rules(FraudSettings settings) =>
        new(settings, new DisposableDomains(Options.Create(new FraudOptions { DisposableDomains = ["throwaway.example"] })));
}
