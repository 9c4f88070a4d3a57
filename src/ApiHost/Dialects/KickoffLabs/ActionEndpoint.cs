using System.Globalization;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Notes that a lead completed an action of its campaign.</summary>
internal sealed class ActionEndpoint(LeadCalls leads, LeadChanges changes)
{
    public const string ActionPart = "campaign_action_id";

    public async ValueTask<Fault?> Complete(CommandRequest request)
    {
        if (request.Key is { IsGood: false } wrongKey) return wrongKey.Fault;
        var named = NamedLeads.Read(request, limit: 1);
        if (!named.IsGood) return named.Fault;
        if (FindAction(request, out var actionId) is { } noAction) return noAction;

        var campaignId = request.Campaign.Id;
        var single = new SingleCommand(leads, campaignId, named.Value, Command, "Lead added to action", KickoffLabsFaults.LeadNotFound);
        return await changes.Answer(request.Http, single, request.Key?.Value, request.Deadline);

        LeadCommand Command(RequestStamp stamp) =>
            new() { CampaignId = campaignId, Request = stamp, Order = LeadOrder.CompleteAction, ActionId = actionId };
    }

    private static Fault? FindAction(CommandRequest request, out long actionId)
    {
        var text = request.Http.Request.RouteValues[ActionPart] as string;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out actionId)) return CommandFaults.NoActionNamed;
        var (id, settings) = (actionId, request.Campaign.Settings);
        if (settings.Actions.Any(action => action.Id == id)) return null;
        return settings.Tags.Any(tag => tag.Id == id) ? CommandFaults.ActionOfTag : CommandFaults.ActionNotFound;
    }
}
