using System.Globalization;
using System.Text.Json;
using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Queues a command for many leads: whom it names is found at once, what it asks for is done while the sender goes on.</summary>
internal sealed class BulkEndpoint(CampaignCalls campaigns, RepeatableAnswers answers)
{
    /// <summary>A handler for one of the commands.</summary>
    public CommandHandler Handle(LeadOrder order) => request => Answer(request, order);

    private async ValueTask<Fault?> Answer(CommandRequest request, LeadOrder order)
    {
        if (request.Key is { IsGood: false } wrongKey) return wrongKey.Fault;
        var leads = NamedLeads.Read(request, BulkCommand.MaxLeads);
        if (!leads.IsGood) return leads.Fault;

        var tagId = 0L;
        if (order is LeadOrder.Tag && ReadTag(request, out tagId) is { } wrongTag) return wrongTag;
        if (leads.Value.Count == 0) return CommandFaults.NothingMatches;
        return await answers.Answer(
            request.Http,
            StatusCodes.Status202Accepted,
            request.Key?.Value,
            (stamp, json) => Queue(request, Command(order, tagId, leads.Value, stamp), json));
    }

    private async ValueTask<Fault?> Queue(CommandRequest request, BulkCommand command, Utf8JsonWriter json)
    {
        var reply = await campaigns.Queue(request.Campaign.Id, command, request.Deadline);
        if (reply.Refusal is { } refusal) return KickoffLabsFaults.Of(refusal);
        if (reply.Matched == 0) return CommandFaults.NothingMatches;

        // The vendor's spelling.
        if (command.Order is LeadOrder.Delete)
        {
            Messages.Write(json, "Your leads have been equeued for deletion", "deleted"u8, reply.Matched);
        }
        else
        {
            Messages.Write(json, "Your leads have been equeued for changes", "updated"u8, reply.Matched);
        }

        return null;
    }

    private static Fault? ReadTag(CommandRequest request, out long tagId)
    {
        tagId = 0;
        var parameters = request.Parameters;
        if (parameters.Text(Parameter.TagId) is not { } text) return parameters.Problems.ToFault() ?? CommandFaults.NoTagNamed;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id)) return CommandFaults.TagNotFound;
        tagId = id;
        return request.Campaign.Settings.Tags.Any(tag => tag.Id == id) ? null : CommandFaults.TagNotFound;
    }

    private static BulkCommand Command(LeadOrder order, long tagId, NamedLeads leads, RequestStamp stamp) => new()
    {
        Request = stamp,
        Order = order,
        Subject = tagId,
        Identifiers = leads.Identifiers,
        LeadIds = leads.LeadIds,
    };
}
