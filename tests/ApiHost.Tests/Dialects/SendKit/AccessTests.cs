using System.Net.Http.Json;
using LeadEngine.ApiHost.Tests.Engine;
using LeadEngine.ApiHost.Tests.Fakes;
using LeadEngine.TestSupport;

namespace LeadEngine.ApiHost.Tests.Dialects.SendKit;

/// <summary>Who may ask, and for which workspace.</summary>
public abstract class AccessTests(LeadEngineApplication app)
{
    [ContractFact]
    public async Task Send_KeyInEitherHeader_IsGood()
    {
        var key = (await HttpWorkspace.Create(app)).Key;
        Assert.Equal(200, await Status(("X-Api-Key", key)));
        Assert.Equal(200, await Status(("Authorization", $"Bearer {key}")));
        Assert.Equal(200, await Status(("Authorization", $"bearer  {key} ")));
        Assert.Equal(200, await Status(("X-Api-Key", key), ("Authorization", "Bearer YOUR_API_TOKEN")));
    }

    [ContractFact]
    public async Task Send_NoKeyOrAWrongOne_IsUnauthorized()
    {
        var key = (await HttpWorkspace.Create(app)).Key;
        Assert.StartsWith("401 UNAUTHORIZED: An API key is required", await Get().Failure(), StringComparison.Ordinal);
        Assert.StartsWith("401 UNAUTHORIZED: An API key is required", await Get(("Authorization", key)).Failure(), StringComparison.Ordinal);
        foreach (var wrong in (string[])["YOUR_API_KEY", key[..^1] + "!", "sk_999999_00000000000000000000000000000000", "sk_user_1_x", new string('x', 1_000)])
        {
            Assert.Equal("401 UNAUTHORIZED: The API key is not valid.", await Get(("X-Api-Key", wrong)).Failure());
        }
    }

    [ContractFact]
    public async Task Send_WorkspaceKeyWithAWorkspace_IsRefused()
    {
        var workspace = await HttpWorkspace.Create(app);
        var id = (await workspace.Get("/v1/campaigns").Data())[0].Text("workspaceId");
        Assert.Equal(
            "400 VALIDATION_ERROR: A workspace API key must not come with the header X-Workspace-Id.",
            await Get(("X-Api-Key", workspace.Key), ("X-Workspace-Id", id)).Failure());
    }

    [ContractFact]
    public async Task Send_PlatformKey_NamesOneOfItsWorkspaces()
    {
        var (mine, alsoMine, foreign) = (await HttpWorkspace.Create(app), await HttpWorkspace.Create(app), await HttpWorkspace.Create(app));
        await mine.CreateLead(new { email = "mine@example.com" });
        await alsoMine.CreateLead(new { email = "also@example.com" });
        var user = await app.Admin.PostAsJsonAsync(
            "/admin/users", new { name = "Ada", account_ids = new[] { mine.Campaign.AccountId, alsoMine.Campaign.AccountId } }).Json();
        var (key, workspaces) = (user.Text("api_key"), user.GetProperty("workspaces"));
        Assert.StartsWith("sk_user_", key, StringComparison.Ordinal);

        Assert.Equal("mine@example.com", (await Get(("X-Api-Key", key), ("X-Workspace-Id", workspaces[0].Text("workspace_id"))).Data())[0].Text("email"));
        Assert.Equal(
            "also@example.com",
            (await Get(("Authorization", $"Bearer {key}"), ("X-Workspace-Id", workspaces[1].Text("workspace_id"))).Data())[0].Text("email"));
        Assert.Equal(
            "400 VALIDATION_ERROR: A platform API key must come with the header X-Workspace-Id.", await Get(("X-Api-Key", key)).Failure());
        var theirs = (await foreign.Get("/v1/campaigns").Data())[0].Text("workspaceId");
        Assert.Equal("403 FORBIDDEN: The API key is not good for this workspace.", await Get(("X-Api-Key", key), ("X-Workspace-Id", theirs)).Failure());
        foreach (var nonsense in (string[])["665d4e5f6a7b8c9d0e1f2a3b", "7", mine.CampaignId])
        {
            Assert.Equal("404 NOT_FOUND: Workspace not found", await Get(("X-Api-Key", key), ("X-Workspace-Id", nonsense)).Failure());
        }
    }

    [ContractTheory]
    [InlineData("""{"name":"","account_ids":[1]}""")]
    [InlineData("""{"name":"Ada","account_ids":[]}""")]
    [InlineData("""{"name":"Ada"}""")]
    [InlineData("""{"account_ids":[1]}""")]
    [InlineData("""{"name":"Ada","account_ids":["x"]}""")]
    public async Task CreateUser_WrongBody_IsRefused(string json)
    {
        using var body = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        Assert.Equal("400 invalid_request", await app.Admin.PostAsync("/admin/users", body).Error());
    }

    [ContractFact]
    public async Task CreateUser_UnknownAccount_IsNotFound() => Assert.Equal(
        "404 account_not_found", await app.Admin.PostAsJsonAsync("/admin/users", new { name = "Ada", account_ids = new[] { 999_999 } }).Error());

    private Task<HttpResponseMessage> Get(params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/v1/leads");
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        return app.Client.SendAsync(request);
    }

    private async Task<int> Status(params (string Name, string Value)[] headers)
    {
        using var response = await Get(headers);
        return (int)response.StatusCode;
    }
}

[Collection(LeadEngineCollection.Name)]
public sealed class SqliteAccessTests(LeadEngineApplication app) : AccessTests(app);

[Collection(PostgresLeadEngineCollection.Name), NeedsPostgres]
public sealed class PostgresAccessTests(PostgresLeadEngineApplication app) : AccessTests(app);
