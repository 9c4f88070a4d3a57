using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;
using LeadEngine.Storage;

namespace LeadEngine.Grains.People;

/// <summary>
/// One request to delete people: first their leads, by way of their grains, then they themselves. It goes page by page, so that people with
/// many leads need no more memory than others. Whoever signs up meanwhile has a lead again, and is gone through once more.
/// </summary>
internal sealed class Deletion(long accountId, bool force, IDirectoryStore store, IGrainFactory grains, Jitter jitter)
{
    private const int PageSize = 200;
    private const int RemovalsAtOnce = 500;

    private readonly HashSet<long> _free = [];
    private readonly SortedSet<long> _inTheWay = [];
    private LeadRefusal? _refusal;
    private int _deleted;
    private bool _hasBegun;

    public async Task<PeopleDeletion> Run(ImmutableArray<long> personIds)
    {
        try
        {
            ImmutableArray<long>[] pages = [.. personIds.Distinct().Chunk(PageSize).Select(page => page.ToImmutableArray())];
            foreach (var page in pages) await LookAtCampaigns(await store.Memberships(accountId, page));
            foreach (var page in pages) await Delete(page);
        }
        catch (StoreBusyException)
        {
            _refusal = _hasBegun ? LeadRefusal.Unknown : LeadRefusal.Busy;
        }
        catch (StoreOutcomeUnknownException)
        {
            _refusal = LeadRefusal.Unknown;
        }

        return new PeopleDeletion { Deleted = _deleted, InTheWay = [.. _inTheWay], Refusal = _refusal };
    }

    private bool IsStopped => _refusal is not null || _inTheWay.Count > 0;

    private async Task LookAtCampaigns(ImmutableArray<Membership> memberships)
    {
        foreach (var campaignId in memberships.Select(membership => membership.CampaignId).Distinct())
        {
            if (_free.Contains(campaignId)) continue;
            var reply = await grains.GetGrain<ICampaignGrain>(campaignId).Get();
            if (reply.Campaign is { Status: CampaignStatus.Locked }) _refusal = LeadRefusal.Locked;
            else if (!force && reply.Campaign is { Status: CampaignStatus.Open, Settings.Draft: false }) _inTheWay.Add(campaignId);
            else _free.Add(campaignId);
        }
    }

    private async Task Delete(ImmutableArray<long> page)
    {
        if (IsStopped) return;
        ImmutableArray<long> left = [.. (await store.Read(accountId, page)).Select(person => person.Id)];
        for (var tries = 0; !left.IsEmpty; tries++)
        {
            if (tries > Jitter.MaxTries) _refusal = LeadRefusal.Unknown;
            if (IsStopped) return;
            if (tries > 0) await jitter.Pause(tries - 1);

            var memberships = await store.Memberships(accountId, left);
            await LookAtCampaigns(memberships);
            foreach (var leads in memberships.Chunk(RemovalsAtOnce)) await Remove(leads);
            if (IsStopped) return;

            _hasBegun = true;
            var gone = await store.Delete(accountId, left);
            _deleted += gone.Length;
            left = [.. left.Except(gone)];
        }
    }

    private async Task Remove(Membership[] leads)
    {
        if (IsStopped) return;
        _hasBegun = true;
        var removals = leads.Select(lead => grains.GetGrain<ILeadGrain>(lead.LeadId).Remove(lead.CampaignId, leaveMember: true)).ToList();
        foreach (var removal in removals) Note(await removal);
    }

    // Whoever found no room at a campaign is among those that are left, and comes again.
    private void Note(LeadRefusal? refusal)
    {
        if (refusal is not (null or LeadRefusal.Busy)) _refusal = refusal;
    }
}
