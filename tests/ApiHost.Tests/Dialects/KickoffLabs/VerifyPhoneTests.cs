using System.Net.Http.Json;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Tests.Dialects.KickoffLabs;

public sealed class VerifyPhoneTests : IAsyncDisposable
{
    private readonly FakeApplication _app = new(("Texts:Url", "http://sms.test/"));
    private Lead _lead = Samples.Lead with { Phone = "+12065550100" };

    public VerifyPhoneTests()
    {
        _app.Engine.OnRead = () => Task.FromResult(LeadReply.Accepted(_lead, Samples.Standing));
        _app.Engine.OnApply = command =>
        {
            _lead = _lead with { Profile = _lead.Profile with { VerifiedPhone = true } };
            return Task.FromResult(LeadReply.Accepted(_lead, Samples.Standing));
        };
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    [Fact]
    public async Task Verify_RightCode_IsAnsweredInTheVendorsWords()
    {
        Assert.Equal((200, "Lead verified"), await Verify(new { phone_number = "206 555 0100", code = "123456" }));
        var command = Assert.Single(_app.Engine.Applied);
        Assert.Equal((LeadOrder.VerifyPhone, Samples.CampaignId), (command.Order, command.CampaignId));
    }

    [Theory]
    [InlineData("""{"phone_number":"+12065550100","code":123456}""")]
    [InlineData("""{"email":"me@example.com","code":"123456"}""")]
    [InlineData("""{"phone_number":"+12065550100","email":"other@example.com","code":" 123456 "}""")]
    public async Task Verify_EachIdentifier_NamesTheLead(string body) =>
        Assert.Equal((200, "Lead verified"), await Verify(System.Text.Json.JsonDocument.Parse(body).RootElement));

    [Fact]
    public async Task Verify_BySocialId_NamesTheLead() =>
        Assert.Equal((200, "Lead verified"), await Verify(new { social_id = Samples.SocialId, code = "123456" }));

    [Theory]
    [InlineData("""{"phone_number":"+12065550100"}""", 409, "Verification code not found")]
    [InlineData("""{}""", 409, "Verification code not found")]
    [InlineData("""{"code":"123456"}""", 409, "Please include a lead id or email")]
    [InlineData("""{"phone_number":"+12065550100","code":"654321"}""", 404, "Verification code is not valid")]
    [InlineData("""{"phone_number":"+12065550100","code":"12345"}""", 404, "Verification code is not valid")]
    [InlineData("""{"social_id":"nobody","code":"123456"}""", 404, "No lead found")]
    public async Task Verify_WhatIsMissing_IsToldInTheVendorsWords(string body, int status, string message)
    {
        Assert.Equal((status, message), await Verify(System.Text.Json.JsonDocument.Parse(body).RootElement));
        Assert.Empty(_app.Engine.Applied);
    }

    [Fact]
    public async Task Verify_LeadNotThere_IsNotFound()
    {
        _app.Engine.OnRead = () => Task.FromResult(LeadReply.Refused(LeadRefusal.LeadNotFound));
        Assert.Equal((404, "No lead found"), await Verify(new { phone_number = "+12065550100", code = "123456" }));
    }

    [Fact]
    public async Task Verify_VerifiedBefore_IsAConflict()
    {
        _lead = _lead with { Profile = _lead.Profile with { VerifiedPhone = true } };
        Assert.Equal((409, "Lead already verified"), await Verify(new { phone_number = "+12065550100", code = "123456" }));
    }

    [Fact]
    public async Task Verify_NoTextMessagesHere_IsAConflictBeforeAnythingElse()
    {
        await using var app = new FakeApplication();
        Assert.Equal((409, "Missing required Twilio information"), await Verify(app, new { }));
    }

    [Fact]
    public async Task Verify_Locked_IsRefused()
    {
        _app.Engine.OnApply = _ => Task.FromResult(LeadReply.Refused(LeadRefusal.Locked));
        Assert.Equal(423, (await Verify(new { phone_number = "+12065550100", code = "123456" })).Status);
    }

    [Fact]
    public async Task Verify_StoreAway_IsBusy()
    {
        _app.Engine.OnCheckCode = _ => throw new StoreBusyException("away");
        Assert.Equal(503, (await Verify(new { phone_number = "+12065550100", code = "123456" })).Status);
    }

    [Fact]
    public async Task LookUp_PhoneToVerify_NamesThePage()
    {
        _app.Engine.OnGetCampaign = () => Task.FromResult(
            CampaignReply.Accepted(Samples.Campaign with { Settings = Samples.Settings with { PhoneVerification = true } }));
        var lead = await _app.Client.GetAsync($"/v2/{Samples.CampaignId}?email=me@example.com").Json();
        Assert.StartsWith("http://localhost/verify-phone/", lead.Text("phone_number_verification_url"), StringComparison.Ordinal);

        _lead = _lead with { Profile = _lead.Profile with { VerifiedPhone = true } };
        lead = await _app.Client.GetAsync($"/v2/{Samples.CampaignId}?email=me@example.com").Json();
        Assert.False(lead.TryGetProperty("phone_number_verification_url", out _));
    }

    private Task<(int Status, string Message)> Verify(object body) => Verify(_app, body);

    private static async Task<(int Status, string Message)> Verify(FakeApplication app, object body)
    {
        using var response = await app.Client.PostAsJsonAsync($"/v2/{Samples.CampaignId}/verify-phone-number", body);
        return ((int)response.StatusCode, (await response.Json()).Text("message"));
    }
}
