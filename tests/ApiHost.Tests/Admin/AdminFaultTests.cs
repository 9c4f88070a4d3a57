using System.Net.Http.Json;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Tests.Admin;

/// <summary>What the engine refuses or fails to say, told to the administrator.</summary>
public sealed class AdminFaultTests : IAsyncLifetime
{
    private static readonly string Campaign = $"/admin/campaigns/{Samples.CampaignId}";

    private readonly FakeApplication _app = new();

    public Task InitializeAsync()
    {
        _app.Client.DefaultRequestHeaders.Add("X-Admin-Key", FakeApplication.AdminKey);
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _app.DisposeAsync().AsTask();

    [Fact]
    public async Task Get_NoAnswer_IsBusyForNothingCanHaveChanged()
    {
        _app.Engine.OnGetCampaign = () => throw new StoreOutcomeUnknownException("lost");
        Assert.Equal("503 busy", await _app.Client.GetAsync(Campaign).Error());
    }

    [Fact]
    public async Task Change_NoAnswer_IsUnknown()
    {
        _app.Engine.OnSetStatus = _ => Task.FromException<CampaignReply>(new TimeoutException());
        Assert.Equal("504 unknown", await Change().Error());
    }

    [Theory]
    [InlineData(LeadRefusal.Busy, "503 busy")]
    [InlineData(LeadRefusal.Unknown, "504 unknown")]
    [InlineData(LeadRefusal.AskAgain, "503 busy")]
    public async Task Change_Refused_HasItsStatusAndCode(LeadRefusal refusal, string expected)
    {
        _app.Engine.OnSetStatus = _ => Task.FromResult(CampaignReply.Refused(refusal));
        Assert.Equal(expected, await Change().Error());
    }

    [Fact]
    public async Task Change_CampaignThatMoved_IsAskedAgain()
    {
        var asked = 0;
        _app.Engine.OnSetStatus = status => Task.FromResult(++asked < 3
            ? CampaignReply.Refused(LeadRefusal.AskAgain)
            : CampaignReply.Accepted(Samples.Campaign with { Status = status }));
        Assert.Equal("ended", (await Change().Json()).Text("status"));
    }

    private Task<HttpResponseMessage> Change() => _app.Client.PatchAsJsonAsync(Campaign, new { status = "ended" });
}
