using System.Net;
using System.Text;
using System.Text.Json;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;

namespace LeadEngine.ApiHost.Tests.Admin;

[Collection(LeadEngineCollection.Name)]
public sealed class ScoringSettingsTests(LeadEngineApplication app)
{
    private const string Scoring = """
        {"signup_points":1,"referral_points":2,"verified_referral_points":3,"indirect_referral_points":4,"verified_indirect_referral_points":5,
        "actions":[{"name":"Follow us","points":6}],"tags":[{"name":"vip","description":"Friends","points":7}],
        "reward_levels":[{"required_points":50,"subject":"A coat"},{"required_points":10,"subject":"A hat"}],
        "fraud":{"signups_per_ip":8,"flag_disposable":true,"email_domains":["Spam.Example",".bücher.example"],"referrer_domains":["farm.example"]}}
        """;

    [Fact]
    public async Task Change_AllOfThem_AreShownWithIdsAndRevision()
    {
        var campaign = await app.CreateCampaign();

        var shown = await Patch(campaign.Id, Scoring).Json();

        Assert.Equal(
            """
            "signup_points":1,"verified_referral_points":3,"indirect_referral_points":4,"verified_indirect_referral_points":5,"actions":[{"id":1,"name":"Follow us","points":6}],"tags":[{"id":2,"name":"vip","description":"Friends","points":7}],"reward_levels":[{"id":3,"required_points":10,"subject":"A hat"},{"id":4,"required_points":50,"subject":"A coat"}],"fraud":{"signups_per_ip":8,"flag_disposable":true,"email_domains":["spam.example","xn--bcher-kva.example"],"referrer_domains":["farm.example"]}
            """,
            Between(shown.GetRawText(), "\"signup_points\"", ",\"double_opt_in\""));
        Assert.Equal((1, JsonValueKind.Null), (shown.Number("revision"), shown.GetProperty("rescoring").ValueKind));
    }

    [Fact]
    public async Task Change_WhatHasAnId_KeepsItAndWhatIsNewGetsAnother()
    {
        var campaign = await app.CreateCampaign();
        await Patch(campaign.Id, Scoring).Json();

        var shown = await Patch(
            campaign.Id, """{"actions":[],"tags":[{"name":"new"},{"id":2,"name":"VIP","points":9}]}""").Json();

        Assert.Equal([5, 2], shown.GetProperty("tags").EnumerateArray().Select(tag => tag.Number("id")));
        Assert.Equal(0, shown.GetProperty("actions").GetArrayLength());
        Assert.Equal(6, (await Patch(campaign.Id, """{"actions":[{"name":"Share"}]}""").Json()).GetProperty("actions")[0].Number("id"));
    }

    [Theory]
    [InlineData("""{"signup_points":-1}""", "signup_points")]
    [InlineData("""{"verified_referral_points":100000}""", "verified_referral_points")]
    [InlineData("""{"indirect_referral_points":100000}""", "indirect_referral_points")]
    [InlineData("""{"verified_indirect_referral_points":-1}""", "verified_indirect_referral_points")]
    [InlineData("""{"actions":[{"points":1}]}""", "actions[0].name")]
    [InlineData("""{"actions":[null]}""", "actions[0].name")]
    [InlineData("""{"actions":[{"name":"a"},{"name":"b","points":100000}]}""", "actions[1].points")]
    [InlineData("""{"actions":[{"id":77,"name":"a"}]}""", "actions[0].id")]
    [InlineData("""{"tags":[{"name":"a"},{"name":"A"}]}""", "tags[1].name")]
    [InlineData("""{"tags":[{"id":1,"name":"a"}]}""", "tags[0].id")]
    [InlineData("""{"tags":[{"name":"a","points":-1}]}""", "tags[0].points")]
    [InlineData("""{"tags":"vip"}""", "tags")]
    [InlineData("""{"reward_levels":[{"required_points":0,"subject":"a"}]}""", "reward_levels[0].required_points")]
    [InlineData("""{"reward_levels":[{"required_points":1,"subject":""}]}""", "reward_levels[0].subject")]
    [InlineData("""{"fraud":{"signups_per_ip":0}}""", "fraud.signups_per_ip")]
    [InlineData("""{"fraud":{"email_domains":["no domain"]}}""", "fraud.email_domains[0]")]
    [InlineData("""{"fraud":{"referrer_domains":["a.example",""]}}""", "fraud.referrer_domains[1]")]
    [InlineData("""{"fraud":{"flags":true}}""", "fraud.flags")]
    [InlineData("""{"fraud":{"flag_disposable":"yes"}}""", "fraud.flag_disposable")]
    public async Task Change_NotWithinLimits_NamesWhatIsWrong(string body, string member)
    {
        var campaign = await app.CreateCampaign();

        using var response = await Patch(campaign.Id, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal([member], (await response.Json()).GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    [Fact]
    public async Task Change_TooMany_NamesWhatIsWrong()
    {
        var campaign = await app.CreateCampaign();
        var tags = string.Join(',', Enumerable.Range(0, 101).Select(number => $$"""{"name":"tag {{number}}"}"""));

        using var response = await Patch(campaign.Id, $$"""{"tags":[{{tags}}]}""");

        Assert.Equal(["tags"], (await response.Json()).GetProperty("errors").EnumerateObject().Select(error => error.Name));
    }

    private Task<HttpResponseMessage> Patch(long campaignId, string body) =>
        app.Admin.PatchAsync($"/admin/campaigns/{campaignId}", new StringContent(body, Encoding.UTF8, "application/json"));

    private static string Between(string text, string first, string end)
    {
        var from = text.IndexOf(first, StringComparison.Ordinal);
        return text[from..text.IndexOf(end, from, StringComparison.Ordinal)];
    }
}
