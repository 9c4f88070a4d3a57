using System.Net;
using LeadEngine.ApiHost.Tests.Dialects.Aktify;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Links;

/// <summary>Short links, over HTTP on each store.</summary>
public abstract class ShortLinkTests(LeadEngineApplication app) : IDisposable
{
    private const string Target = "https://www.aktify.com/a?b=c";

    private readonly HttpClient _browser = app.NewClientWithoutRedirects();

    public void Dispose()
    {
        _browser.Dispose();
        GC.SuppressFinalize(this);
    }

    [ContractFact]
    public async Task AddLead_LinkToShorten_IsAnsweredWithTheShortLink()
    {
        var campaign = await app.CreateCampaign();
        var answer = await (await AktifyClient.Of(app, campaign)).AddLead(Lead("5095551234")).Json();
        Assert.Matches("^http://127\\.0\\.0\\.1:[0-9]+/l/[0-9A-Za-z]{12}$", answer.Text("link"));
        Assert.False(answer.TryGetProperty("linkToShorten", out _));
        Assert.Equal(answer.Text("link"), Assert.Single(await campaign.Leads()).Text("link"));
    }

    [ContractFact]
    public async Task Get_ShortLink_LeadsOnAndCounts()
    {
        var link = await NewLink();
        foreach (var _ in Enumerable.Range(0, 3))
        {
            using var response = await _browser.GetAsync(link);
            Assert.Equal(HttpStatusCode.Found, response.StatusCode);
            Assert.Equal(Target, response.Headers.Location!.OriginalString);
            Assert.True(response.Headers.CacheControl!.NoStore);
            Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        }

        Assert.Equal(3, await Clicks(link));
    }

    [ContractFact]
    public async Task Head_ShortLink_LeadsOnAndCountsNothing()
    {
        var link = await NewLink();
        using var request = new HttpRequestMessage(HttpMethod.Head, link);
        using var response = await _browser.SendAsync(request);
        Assert.Equal((HttpStatusCode.Found, Target), (response.StatusCode, response.Headers.Location!.OriginalString));
        Assert.Equal(0, await Clicks(link));
    }

    [ContractFact]
    public async Task Get_ManyAtOnce_AreAllCounted()
    {
        var link = await NewLink();
        await Task.WhenAll(Enumerable.Range(0, 200).Select(async _ => (await _browser.GetAsync(link)).Dispose()));
        Assert.Equal(200, await Clicks(link));
    }

    [ContractFact]
    public async Task Get_LinkInOtherLetters_IsInAscii()
    {
        var aktify = await AktifyClient.Of(app, await app.CreateCampaign());
        var answer = await aktify.AddLead(new { phoneNumber = "5095551234", region = "CA", linkToShorten = "https://bücher.example/straße" }).Json();
        using var response = await _browser.GetAsync(answer.Text("link"));
        Assert.Equal("https://xn--bcher-kva.example/stra%C3%9Fe", response.Headers.Location!.OriginalString);
    }

    [ContractFact]
    public async Task AddLead_OneAddressForManyLeads_GivesEachALinkOfItsOwn()
    {
        var aktify = await AktifyClient.Of(app, await app.CreateCampaign());
        var links = await Task.WhenAll(Enumerable.Range(0, 100).Select(async number => (await aktify.AddLead(Lead($"+1206556{number:0000}")).Json()).Text("link")));
        Assert.Distinct(links);
    }

    [ContractFact]
    public async Task AddLead_Refused_MakesNoLink()
    {
        var campaign = await app.CreateCampaign();
        var aktify = await AktifyClient.Of(app, campaign);
        var link = (await aktify.AddLead(Lead("5095551234")).Json()).Text("link");
        Assert.Equal("409 phone_number_already_submitted", await aktify.AddLead(Lead("5095551234")).Error());
        Assert.Equal(link, Assert.Single(await campaign.Leads()).Text("link"));
    }

    [ContractFact]
    public async Task Admin_ShortLink_IsShown()
    {
        var campaign = await app.CreateCampaign();
        var link = (await (await AktifyClient.Of(app, campaign)).AddLead(Lead("5095551234")).Json()).Text("link");
        var lead = Assert.Single(await campaign.Leads());
        var code = link.Split('/')[^1];
        Assert.Equal(
            $$"""{"code":"{{code}}","url":"{{Target}}","clicks":0,"campaign_id":{{campaign.Id}},"lead_id":{{lead.Number("id")}}}""",
            (await app.Admin.GetAsync($"/admin/links/{code}").Json()).GetRawText());
    }

    [ContractTheory]
    [InlineData("000000000000")]
    [InlineData("x")]
    [InlineData("0000000000000")]
    [InlineData("..%2F..%2Fadmin")]
    [InlineData("00000000000%C3%BC")]
    public async Task Get_UnknownLink_IsNotFound(string code)
    {
        Assert.Equal("404 link_not_found", await _browser.GetAsync($"/l/{code}").Error());
        Assert.Equal("404 link_not_found", await app.Admin.GetAsync($"/admin/links/{code}").Error());
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/l/{code}");
        using var response = await _browser.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static object Lead(string phone) => new { phoneNumber = phone, region = "CA", linkToShorten = Target };

    private async Task<string> NewLink()
    {
        var aktify = await AktifyClient.Of(app, await app.CreateCampaign());
        return (await aktify.AddLead(Lead("5095551234")).Json()).Text("link");
    }

    private async Task<long> Clicks(string link) => (await app.Admin.GetAsync($"/admin/links/{link.Split('/')[^1]}").Json()).Number("clicks");
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteShortLinkTests(LeadEngineApplication app) : ShortLinkTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresShortLinkTests(PostgresLeadEngineApplication app) : ShortLinkTests(app);
