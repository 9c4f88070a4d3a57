using System.Text.Json;
using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Shows a campaign to its owner: in numbers, and what its leads can earn.</summary>
internal sealed class CampaignViewEndpoint(CampaignCalls campaigns, AnswerBuffers buffers)
{
    public async ValueTask<Fault?> Stats(CommandRequest request)
    {
        var reply = await campaigns.Get(request.Campaign.Id, request.Deadline);
        if (reply.Campaign is not { } campaign) return KickoffLabsFaults.Of(reply.Refusal!.Value);
        var stats = await campaigns.GetStats(campaign.Id, request.Deadline);
        return await Send(request, json => CampaignAnswer.WriteStats(json, campaign, stats));
    }

    /// <summary>The actions, and then the tags: who is given one completes an action by it.</summary>
    public ValueTask<Fault?> Actions(CommandRequest request) => Send(request, json =>
    {
        json.WriteStartArray();
        foreach (var action in request.Campaign.Settings.Actions) CampaignAnswer.Write(json, action);
        foreach (var tag in request.Campaign.Settings.Tags) CampaignAnswer.WriteAsAction(json, tag);
        json.WriteEndArray();
    });

    public ValueTask<Fault?> Tags(CommandRequest request) => Send(request, json =>
    {
        json.WriteStartArray();
        foreach (var tag in request.Campaign.Settings.Tags) CampaignAnswer.Write(json, tag);
        json.WriteEndArray();
    });

    private async ValueTask<Fault?> Send(CommandRequest request, Action<Utf8JsonWriter> write)
    {
        using var answer = buffers.Rent();
        write(answer.Json);
        await answer.Send(request.Http.Response, StatusCodes.Status200OK);
        return null;
    }
}
