using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Grains.Leads;
using LeadEngine.Leads;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Campaigns;

/// <summary>Tells who asked to add leads together what became of each.</summary>
internal static class BulkAnswer
{
    // One after the other: thousands are answered with each unit, and a task that waits for all of them would be woken for every one.
    public static async Task<ImmutableArray<AddedLead>> Of(WaitingAdd[] adds, ILeadStore store)
    {
        var added = new AddedLead[adds.Length];
        for (var at = 0; at < adds.Length; at++) added[at] = Tell(await adds[at].Reply);

        var repeats = Enumerable.Range(0, adds.Length).Where(at => IsKnown(added[at]) && adds[at].Lead.Request.IsRepeat);
        var made = repeats.Select(at => (At: at, Lead: store.Read(added[at].LeadId))).ToList();
        foreach (var (at, lead) in made) added[at] = added[at] with { IsNew = IsMadeBy(adds[at].Lead.Request, await lead) };
        return [.. added];
    }

    private static bool IsKnown(AddedLead added) => added is { Refusal: null, IsNew: false };

    private static AddedLead Tell(AddReply reply) => reply switch
    {
        { Added.Lead: { } lead } => new(lead.Id, IsNew: true, null),
        { ExistingId: { } existing } => new(existing, IsNew: false, null),
        _ => new(0, IsNew: false, reply.Refusal),
    };

    private static bool IsMadeBy(RequestStamp request, StoredLead? lead) =>
        lead is not null && RequestRules.Look(lead.Requests, request) is Sighting.MadeTheLead;
}
