using System.Collections.Immutable;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Finds the leads that a command names.</summary>
internal sealed class LeadFinder(LeadCalls leads)
{
    /// <summary>Their ids, in the order in which they were named. Who was named by id is not looked for, and may not be there.</summary>
    /// <returns>A fault when the engine did not answer.</returns>
    public async Task<Checked<FoundLeads>> Find(NamedLeads named, Deadline deadline)
    {
        var found = await Task.WhenAll(named.Identifiers.Select(key => leads.Find(key.CampaignId, key.Kind, key.Value, deadline)));
        var failed = Array.Find(found, reply => reply is { Succeeded: false, Refusal: not LeadRefusal.LeadNotFound });
        if (failed is not null) return KickoffLabsFaults.Of(failed.Refusal!.Value);
        return new FoundLeads([.. found.Where(reply => reply.Succeeded).Select(reply => reply.Lead!.Id), .. named.LeadIds]);
    }
}

/// <summary>Leads by id, each once.</summary>
internal sealed record FoundLeads(ImmutableArray<long> Ids);
