using System.Buffers.Binary;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Campaigns;

/// <summary>Finds out whom a bulk command is about, and keeps it as work, one piece for each lead.</summary>
internal sealed class BulkQueue(ILeadStore leads, ITaskStore tasks, WorkBell bell)
{
    public async Task<QueueReply> Queue(long campaignId, BulkCommand command)
    {
        if (command.Order is LeadOrder.GivePoints or LeadOrder.CompleteAction)
        {
            throw new ArgumentException("Points and actions are given lead by lead.", nameof(command));
        }

        var found = await Find(campaignId, command);
        if (found.Length == 0) return new QueueReply(0, null);
        await tasks.Queue(campaignId, [.. found.Select(leadId => Piece(leadId, command))]);
        bell.Ring();
        return new QueueReply(found.Length, null);
    }

    // All are asked for before the first is awaited, so that they are read together.
    private async Task<long[]> Find(long campaignId, BulkCommand command)
    {
        var named = command.Identifiers.Select(identifier => leads.Find(identifier with { CampaignId = campaignId })).ToList();
        var known = command.LeadIds.Distinct().Select(leads.Read).ToList();
        HashSet<long> found = [];
        foreach (var find in named)
        {
            if (await find is { } leadId) found.Add(leadId);
        }

        foreach (var read in known)
        {
            if (await read is { Lead: var lead } && lead.CampaignId == campaignId) found.Add(lead.Id);
        }

        return [.. found.Order()];
    }

    private static NewTask Piece(long leadId, BulkCommand command) =>
        new(leadId, command.Order, command.Subject, RequestOf(command.Request.Id, leadId), command.Request.ReceivedAt);

    // Its own for each lead, and the same for each try of the command.
    private static Guid RequestOf(Guid command, long leadId)
    {
        Span<byte> bytes = stackalloc byte[16];
        command.TryWriteBytes(bytes);
        BinaryPrimitives.WriteInt64LittleEndian(bytes, BinaryPrimitives.ReadInt64LittleEndian(bytes) ^ leadId);
        return new Guid(bytes);
    }
}
