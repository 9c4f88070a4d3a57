using System.Collections.Immutable;
using System.Text.Json;
using LeadEngine.Accounts;
using LeadEngine.ApiHost.Admin;
using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Lists, makes and shows campaigns.</summary>
internal sealed class CampaignsEndpoint(
    IGrainFactory grains,
    EngineCalls calls,
    CampaignCatalog campaigns,
    WorkspaceAccess access,
    SendKitChanges changes,
    AnswerBuffers buffers)
{
    public async ValueTask<Fault?> List(SendKitRequest request)
    {
        if (request.Workspace.IsBound) return SendKitFaults.BoundKey;
        var query = QueryValues.Read(request.Http.Request);
        if (!query.IsGood) return query.Fault;
        var page = query.Value.Page(ObjectKind.Campaign, request.Ids);
        if (!page.IsGood) return page.Fault;
        var (status, search) = (query.Value["status"], query.Value["search"]);
        if (status is not null && !CampaignStates.IsOfCampaign(status))
        {
            return SendKitFaults.Invalid("status must be draft, active, completed or locked");
        }

        var found = await Find(request, status, search);
        var wanted = found.Where(campaign => page.Value.After is not { } after || campaign.Id < after).Skip(page.Value.Skip);
        Campaign[] shown = [.. wanted.Take(page.Value.Limit + 1)];
        using var answer = buffers.Rent();
        SendKitAnswer.BeginList(answer.Json);
        foreach (var campaign in shown.Take(page.Value.Limit)) Write(answer.Json, campaign, request.Ids);
        SendKitAnswer.EndList(answer.Json, new Pagination
        {
            Limit = page.Value.Limit,
            Total = found.Count,
            NextCursor = shown.Length > page.Value.Limit ? request.Ids.Encode(ObjectKind.Campaign, shown[page.Value.Limit - 1].Id) : null,
            Page = page.Value.Page,
        });
        await answer.Send(request.Http.Response, StatusCodes.Status200OK);
        return null;
    }

    public async ValueTask<Fault?> Create(SendKitRequest request) => request.Workspace.IsBound
        ? SendKitFaults.BoundKey
        : await changes.Answer(
            request, FieldLimits.BodyBytes, StatusCodes.Status201Created, (body, _, json) => Create(request, body, json));

    public async ValueTask<Fault?> Get(SendKitRequest request)
    {
        var allowed = await access.CampaignOf(request);
        if (!allowed.IsGood) return allowed.Fault;

        // The catalog knows neither the status nor how many leads there are.
        var grain = grains.GetGrain<ICampaignGrain>(allowed.Value.Id);
        var counting = calls.UntilHeard(_ => grain.CountMembers(), request.Deadline);
        var reply = await calls.UntilHeard(_ => grain.Get(), request.Deadline);
        if (!reply.Succeeded) return SendKitFaults.Of(reply.Refusal!.Value);

        using var answer = buffers.Rent();
        SendKitAnswer.BeginObject(answer.Json);
        CampaignJson.WriteMembers(answer.Json, reply.Campaign, request.Ids);
        LeadCounts.Of(reply.Campaign, await counting).Write(answer.Json);
        SendKitAnswer.EndObject(answer.Json);
        await answer.Send(request.Http.Response, StatusCodes.Status200OK);
        return null;
    }

    // A campaign that was made twice is two campaigns, so a call that was not heard is not made again.
    private async ValueTask<Fault?> Create(SendKitRequest request, JsonElement body, Utf8JsonWriter json)
    {
        var settings = SettingsOf(body);
        if (!settings.IsGood) return settings.Fault;

        var account = grains.GetGrain<IAccountGrain>(request.Workspace.AccountId);
        var reply = await request.Deadline.Bound(account.CreateCampaign(settings.Value));
        if (!reply.Succeeded) return SendKitFaults.Of(reply.Refusal!.Value);
        SendKitAnswer.BeginObject(json);
        CampaignJson.WriteMembers(json, reply.Campaign, request.Ids);
        SendKitAnswer.EndObject(json);
        return null;
    }

    private static Checked<CampaignSettings> SettingsOf(JsonElement body)
    {
        if (!body.TryGetProperty("name"u8, out var sent) || !Json.TryText(sent, out var name) || !AdminRules.IsName(name))
        {
            return SendKitFaults.Invalid($"name must have 1 to {AdminRules.MaxNameLength} characters");
        }

        var skipsDoNotContact = true;
        if (Json.TryMember(body, "settings"u8, out var settings)
            && (settings.ValueKind is not JsonValueKind.Object
                || !Json.TryFlag(settings, "skipDNC"u8, out skipsDoNotContact, otherwise: true)))
        {
            return SendKitFaults.Invalid("settings must be an object, and its skipDNC true or false");
        }

        return new CampaignSettings { Name = name, Draft = true, SkipDoNotContact = skipsDoNotContact };
    }

    // The newest first. An account has some campaigns, not many thousands, and what is asked of each is remembered for a moment.
    private async Task<List<Campaign>> Find(SendKitRequest request, string? status, string? search)
    {
        var account = grains.GetGrain<IAccountGrain>(request.Workspace.AccountId);
        var ids = await calls.UntilHeard(_ => account.ListCampaigns(), request.Deadline);
        var found = new List<Campaign>();
        foreach (var batch in ids.Reverse().Chunk(64))
        {
            var replies = await Task.WhenAll(batch.Select(id => Read(id, status is not null, request.Deadline)));
            var there = replies.Select(reply => reply.Campaign).OfType<Campaign>();
            found.AddRange(there.Where(campaign => IsWanted(campaign, status, search)));
        }

        return found;
    }

    // Only the campaign itself knows its status; all else may be a moment old.
    private Task<CampaignReply> Read(long campaignId, bool needsStatus, Deadline deadline) => needsStatus
        ? calls.UntilHeard(_ => grains.GetGrain<ICampaignGrain>(campaignId).Get(), deadline)
        : campaigns.Find(campaignId).AsTask();

    private static bool IsWanted(Campaign campaign, string? status, string? search) =>
        (status is null || CampaignStates.Of(campaign) == status)
        && (search is null || campaign.Settings.Name.Contains(search, StringComparison.OrdinalIgnoreCase));

    private static void Write(Utf8JsonWriter json, Campaign campaign, ObjectIds ids)
    {
        json.WriteStartObject();
        CampaignJson.WriteMembers(json, campaign, ids);
        json.WriteEndObject();
    }
}

/// <summary>How many leads of a campaign are in which state.</summary>
internal readonly record struct LeadCounts(long Total, long Active, long Pending, long Paused, long Removed)
{
    /// <summary>Those that were removed count in no other.</summary>
    public static LeadCounts Of(Campaign campaign, ImmutableArray<MemberCount> counts)
    {
        var paused = CountOf(MemberStatus.Paused);
        var others = Math.Max(0, campaign.LeadCount - paused);
        return new LeadCounts(
            campaign.LeadCount,
            campaign.Settings.Draft ? 0 : others,
            campaign.Settings.Draft ? others : 0,
            paused,
            CountOf(MemberStatus.Removed));

        long CountOf(MemberStatus status) => counts.FirstOrDefault(count => count.Status == status).Count;
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("leadCounts"u8);
        json.WriteNumber("total"u8, Total);
        json.WriteNumber("active"u8, Active);
        json.WriteNumber("pending"u8, Pending);
        json.WriteNumber("paused"u8, Paused);
        json.WriteNumber("removed"u8, Removed);
        json.WriteEndObject();
    }
}
