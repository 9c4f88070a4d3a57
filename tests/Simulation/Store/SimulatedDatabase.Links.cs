using System.Collections.Immutable;
using LeadEngine.People;
using LeadEngine.Storage;

namespace LeadEngine.Simulation.Store;

/// <summary>Short links, and whom not to contact.</summary>
internal sealed partial class SimulatedDatabase
{
    private readonly Dictionary<string, StoredLink> _links = [];
    private readonly Dictionary<(long AccountId, DoNotContactKind Kind, string Value), DoNotContact> _doNotContact = [];

    public StoredLink? ReadLink(string code) => _links.GetValueOrDefault(code);

    public bool CountClicks(string code, long clicks)
    {
        if (!_links.TryGetValue(code, out var link)) return false;
        _links[code] = link with { Clicks = link.Clicks + clicks };
        Log.Add(new LinkClicked(code, clicks));
        TellOfLead(link.CampaignId, link.LeadId, EventDetails.LinkClicked(code, link.Url, clicks), clock.GetUtcNow());
        return true;
    }

    public int AddDoNotContact(long accountId, ImmutableArray<DoNotContact> entries, DateTimeOffset now)
    {
        var added = entries.Where(entry => _doNotContact.TryAdd((accountId, entry.Kind, entry.Value), entry)).ToList();
        foreach (var entry in added)
        {
            Log.Add(new ContactBanned(accountId, entry));
            TellOfAccount(accountId, EventDetails.DoNotContact(entry), now);
        }

        return added.Count;
    }

    public ImmutableArray<DoNotContact> FindDoNotContact(long accountId, ImmutableArray<DoNotContact> entries) =>
        [.. entries.Select(entry => _doNotContact.GetValueOrDefault((accountId, entry.Kind, entry.Value))).OfType<DoNotContact>()];
}
