using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Idempotency;

/// <summary>A change of one lead, as a dialect does it and tells of it.</summary>
internal interface ILeadChange
{
    long CampaignId { get; }

    Task<LeadReply> Run(RequestStamp stamp, Deadline deadline);

    /// <summary>Writes the answer to a change that succeeded.</summary>
    /// <returns>Its HTTP status.</returns>
    int Write(LeadReply reply, Utf8JsonWriter json);

    Fault FaultOf(LeadRefusal refusal);
}
