using System.Collections.Immutable;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Campaigns;

/// <summary>Asks campaigns what only they know, and has them do what is about many leads.</summary>
internal sealed class CampaignCalls(IGrainFactory grains, EngineCalls calls)
{
    /// <summary>The campaign as it stands.</summary>
    public Task<CampaignReply> Get(long campaignId, Deadline deadline) =>
        calls.UntilHeard(_ => grains.GetGrain<ICampaignGrain>(campaignId).Get(), deadline);

    /// <summary>Has a command carried out for many leads. Its silence is a refusal, since it may have been queued.</summary>
    public async Task<QueueReply> Queue(long campaignId, BulkCommand command, Deadline deadline)
    {
        try
        {
            return await calls.UntilHeard(
                isRepeat => grains.GetGrain<ICampaignGrain>(campaignId).Queue(isRepeat ? AsRepeat(command) : command), deadline);
        }
        catch (StoreBusyException)
        {
            return new QueueReply(0, LeadRefusal.Busy);
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return new QueueReply(0, LeadRefusal.Unknown);
        }
    }

    /// <summary>The leads with the most points.</summary>
    public Task<ImmutableArray<Leader>> GetLeaders(long campaignId, int limit, Deadline deadline) =>
        calls.UntilHeard(_ => grains.GetGrain<ICampaignGrain>(campaignId).GetLeaders(limit), deadline);

    /// <summary>The campaign in numbers.</summary>
    public Task<CampaignStats> GetStats(long campaignId, Deadline deadline) =>
        calls.UntilHeard(_ => grains.GetGrain<ICampaignGrain>(campaignId).GetStats(), deadline);

    private static BulkCommand AsRepeat(BulkCommand command) => command with { Request = command.Request with { IsRepeat = true } };
}
