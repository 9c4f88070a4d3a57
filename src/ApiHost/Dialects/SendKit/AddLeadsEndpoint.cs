using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Adds leads to a campaign, in the three modes of the vendor's page.</summary>
internal sealed class AddLeadsEndpoint(
    WorkspaceAccess access, SendKitChanges changes, EntryAdder entries, SelectionAdder selections)
{
    public async ValueTask<Fault?> Add(SendKitRequest request)
    {
        var campaign = await access.CampaignOf(request);
        if (!campaign.IsGood) return campaign.Fault;
        return await changes.Answer(
            request, JsonBody.BulkBytes, StatusCodes.Status200OK, (body, stamp, json) => Add(request, campaign.Value, body, stamp, json));
    }

    private async ValueTask<Fault?> Add(
        SendKitRequest request, Campaign campaign, JsonElement body, RequestStamp stamp, Utf8JsonWriter json)
    {
        var selection = LeadSelection.Read(body, request.Ids);
        if (!selection.IsGood) return selection.Fault;
        if (selection.Value.Entries is { } sent) return await entries.Add(request, campaign, sent, stamp, json);

        // A key for one campaign, which may be with a partner, must not draw the whole workspace into it.
        return request.Workspace.IsBound
            ? SendKitFaults.BoundKey
            : await selections.Add(request, campaign, selection.Value, stamp, json);
    }
}
