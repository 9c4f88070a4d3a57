using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Simulation.Clients;

/// <summary>What a host does with commands about leads that are there.</summary>
internal sealed partial class Host
{
    /// <summary>Its silence is a refusal, since it may have been queued.</summary>
    public async Task<Told<QueueReply>?> Queue(Bulk command)
    {
        var stamp = new RequestStamp { Id = command.Id, ReceivedAt = process.Clock.GetUtcNow(), IsRepeat = true };
        try
        {
            return await Bound(Wrap(Grains.GetGrain<ICampaignGrain>(command.CampaignId).Queue(new BulkCommand
            {
                Request = stamp,
                Order = command.Order,
                Subject = command.Subject,
                Identifiers = command.Identifiers,
                LeadIds = command.LeadIds,
            })));
        }
        catch (StoreBusyException)
        {
            return new Told<QueueReply>(new QueueReply(0, LeadRefusal.Busy));
        }
        catch (Exception silence) when (IsSilence(silence))
        {
            return new Told<QueueReply>(new QueueReply(0, LeadRefusal.Unknown));
        }
    }

    public Task<Told<ImmutableArray<Leader>>?> ListLeaders(long campaignId, int limit) =>
        Hear(Grains.GetGrain<ICampaignGrain>(campaignId).GetLeaders(limit));

    public Task<CampaignStats?> GetStats(long campaignId) => Answered(Grains.GetGrain<ICampaignGrain>(campaignId).GetStats());

    private Task<LeadReply> CarryOut(ClientRequest request, RequestStamp stamp)
    {
        var command = new LeadCommand
        {
            CampaignId = request.CampaignId,
            Request = stamp,
            Order = request.Order!.Value,
            Tag = request.Order is LeadOrder.Tag ? Town.Tags.First(tag => tag.Id == request.Subject) : null,
            ActionId = request.Order is LeadOrder.CompleteAction ? request.Subject : 0,
            Points = request.Points,
        };
        return Grains.GetGrain<ILeadGrain>(request.LeadId!.Value).Apply(command);
    }
}
