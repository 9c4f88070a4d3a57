using System.Collections.Immutable;
using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Pauses, resumes or removes leads of a campaign: some, or all whom filters describe, page by page.</summary>
internal sealed class CampaignActionEndpoint(
    IGrainFactory grains, EngineCalls calls, Deadlines deadlines, WorkspaceAccess access, SendKitChanges changes)
{
    private const int PageSize = LeadFilter.MaxIds;

    // Removals wait at the campaign for one another, and leave it together.
    private const int RemovalsAtOnce = 500;

    private static readonly ImmutableArray<MemberStatus> NotRemoved = [MemberStatus.AsCampaign, MemberStatus.Paused];

    public async ValueTask<Fault?> Act(SendKitRequest request)
    {
        var allowed = await access.CampaignOf(request);
        if (!allowed.IsGood) return allowed.Fault;
        return await changes.Answer(
            request, JsonBody.BulkBytes, StatusCodes.Status200OK, (body, _, json) => Act(request, allowed.Value.Id, body, json));
    }

    private async ValueTask<Fault?> Act(SendKitRequest request, long campaignId, JsonElement body, Utf8JsonWriter json)
    {
        var read = CampaignAction.Read(body, request.Ids);
        if (!read.IsGood) return read.Fault;

        var action = read.Value;
        var modified = 0;
        try
        {
            var grain = grains.GetGrain<ICampaignGrain>(campaignId);
            var campaign = await calls.UntilHeard(_ => grain.Get(), request.Deadline);
            if (!campaign.Succeeded) return SendKitFaults.Of(campaign.Refusal!.Value);
            if (campaign.Campaign.Status is CampaignStatus.Locked) return SendKitFaults.Locked;

            await foreach (var page in new MemberPages(grain, calls, deadlines).Read(action.Query(PageSize)))
            {
                request.Aborted.ThrowIfCancellationRequested();
                ImmutableArray<long> leads = [.. page.Select(member => member.LeadId).Where(id => !action.Excluded.Contains(id))];
                var (changed, stop) = await Apply(grain, campaignId, action, leads);
                modified += changed;
                if (stop is { } why) return Stopped(why, modified);
            }
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence) && modified > 0 && !request.Aborted.IsCancellationRequested)
        {
            return Stopped(LeadRefusal.Unknown, modified);
        }

        SendKitAnswer.BeginObject(json);
        json.WriteString("action"u8, action.Name);
        json.WriteNumber("modifiedCount"u8, modified);
        SendKitAnswer.EndObject(json);
        return null;
    }

    private async Task<(int Changed, LeadRefusal? Stop)> Apply(
        ICampaignGrain campaign, long campaignId, CampaignAction action, ImmutableArray<long> leads)
    {
        if (leads.IsEmpty) return (0, null);
        if (action.Status is { } status)
        {
            return (await calls.UntilHeard(_ => campaign.SetMemberStatus(leads, status), deadlines.Start()), null);
        }

        var removed = 0;
        foreach (var some in leads.Chunk(RemovalsAtOnce))
        {
            var deadline = deadlines.Start();
            var refusals = await Task.WhenAll(some.Select(id => Remove(id, campaignId, deadline)));
            removed += refusals.Count(refusal => refusal is null);
            if (Array.Find(refusals, refusal => refusal is not null) is { } why) return (removed, why);
        }

        return (removed, null);
    }

    // No mail was ever sent to anybody, so nothing of a lead has to stay.
    private async Task<LeadRefusal?> Remove(long leadId, long campaignId, Deadline deadline)
    {
        try
        {
            var lead = grains.GetGrain<ILeadGrain>(leadId);
            return await calls.UntilHeard(_ => lead.Remove(campaignId, leaveMember: false), deadline);
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return LeadRefusal.Unknown;
        }
    }

    private static Fault Stopped(LeadRefusal why, int modified) =>
        modified > 0 && why is not LeadRefusal.Locked ? SendKitFaults.CutShort($"{modified} leads were changed") : SendKitFaults.Of(why);

    /// <summary>What to do with whom.</summary>
    private sealed record CampaignAction
    {
        private const string Pause = "pause";
        private const string Resume = "resume";
        private const string Removal = "remove";

        public required string Name { get; init; }

        public HashSet<long> Excluded { get; private init; } = [];

        private ImmutableArray<long> LeadIds { get; init; } = [];

        private PeopleFilter? Filter { get; init; }

        /// <summary>The status to set; null to remove.</summary>
        public MemberStatus? Status => Name switch
        {
            Pause => MemberStatus.Paused,
            Resume => MemberStatus.AsCampaign,
            _ => null,
        };

        public static Checked<CampaignAction> Read(JsonElement json, ObjectIds ids)
        {
            if (!Json.TryMember(json, "action"u8, out var sent)
                || !Json.TryText(sent, out var name)
                || name is not (Pause or Resume or Removal))
            {
                return SendKitFaults.Invalid("action must be pause, resume or remove");
            }

            if (!Json.TryFlag(json, "selectAll"u8, out var all)) return SendKitFaults.Invalid("selectAll must be true or false");
            var hasIds = Json.TryMember(json, "leadIds"u8, out var leadIds);
            if (hasIds == all) return SendKitFaults.Invalid("Provide leadIds array or selectAll: true");
            return all ? OfAll(name, json, ids) : OfIds(name, leadIds, ids);
        }

        /// <summary>Those whom it is about, without those for whom nothing would change, in pages of so many.</summary>
        public MemberQuery Query(int limit) => new()
        {
            Limit = limit,
            Statuses = Status switch
            {
                MemberStatus.Paused => [MemberStatus.AsCampaign],
                MemberStatus.AsCampaign => [MemberStatus.Paused],
                _ => NotRemoved,
            },
            LeadIds = LeadIds,
            Filter = Filter,
        };

        private static Checked<CampaignAction> OfIds(string name, JsonElement leadIds, ObjectIds ids)
        {
            if (IdList.Read(leadIds, ObjectKind.Lead, ids) is not { Sent: > 0 and <= LeadFilter.MaxIds } list)
            {
                return SendKitFaults.Invalid($"leadIds must be an array of 1 to {LeadFilter.MaxIds} ids");
            }

            return new CampaignAction { Name = name, LeadIds = list.Known.IsEmpty ? [LeadFilter.NobodysId] : list.Known };
        }

        private static Checked<CampaignAction> OfAll(string name, JsonElement json, ObjectIds ids)
        {
            var hasFilter = Json.TryMember(json, "filters"u8, out var filters);
            var filter = hasFilter ? LeadFilter.Read(filters, ids) : new PeopleFilter();
            if (!filter.IsGood) return filter.Fault;
            var excluded = Exclusions.Read(json, ObjectKind.Lead, ids);
            if (!excluded.IsGood) return excluded.Fault;
            return new CampaignAction { Name = name, Filter = hasFilter ? filter.Value : null, Excluded = excluded.Value };
        }
    }
}
