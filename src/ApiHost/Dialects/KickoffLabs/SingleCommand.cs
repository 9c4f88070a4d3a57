using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>A command for one lead: its idempotency key, if any, is spent in the transaction of the change.</summary>
/// <param name="Leads">How the lead is reached.</param>
/// <param name="CampaignId">Its campaign.</param>
/// <param name="Named">What names it: one, or nothing that can be read.</param>
/// <param name="CommandOf">The command, once the request has its stamp.</param>
/// <param name="Message">The answer to success.</param>
/// <param name="NotFound">The answer when nobody is named so.</param>
internal sealed record SingleCommand(
    LeadCalls Leads, long CampaignId, NamedLeads Named, Func<RequestStamp, LeadCommand> CommandOf, string Message, Fault NotFound)
    : ILeadChange
{
    public async Task<LeadReply> Run(RequestStamp stamp, Deadline deadline)
    {
        if (Named.Count == 0) return LeadReply.Refused(LeadRefusal.LeadNotFound);
        var command = CommandOf(stamp);
        if (Named.LeadIds is [var leadId]) return await Leads.Apply(leadId, command, deadline);

        var key = Named.Identifiers[0];
        var found = await Leads.Find(key.CampaignId, key.Kind, key.Value, deadline);
        return found.Lead is { } lead ? await Leads.Apply(lead.Id, command, deadline) : found;
    }

    public int Write(LeadReply reply, Utf8JsonWriter json)
    {
        Messages.Write(json, Message);
        return StatusCodes.Status200OK;
    }

    public Fault FaultOf(LeadRefusal refusal) => refusal is LeadRefusal.LeadNotFound ? NotFound : KickoffLabsFaults.Of(refusal);
}
