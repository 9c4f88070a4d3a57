using System.Collections.Immutable;
using LeadEngine.Leads;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Clients;

/// <summary>Something is to be done with many leads, later: they are named by id, or by identifiers.</summary>
internal sealed record Bulk(
    int Number, long CampaignId, LeadOrder Order, long Subject, ImmutableArray<IdentifierKey> Identifiers, ImmutableArray<long> LeadIds)
    : Command
{
    private readonly Dictionary<long, ClientRequest> _pieces = [];

    public Guid Id => RequestIds.OfBulk(Number);

    /// <summary>The same, asked of one of the leads.</summary>
    public ClientRequest PieceOf(long leadId)
    {
        if (!_pieces.TryGetValue(leadId, out var piece))
        {
            piece = new ClientRequest
            {
                Number = Number,
                CampaignId = CampaignId,
                LeadId = leadId,
                Order = Order,
                Subject = Subject,
                Bulk = this,
            };
            _pieces.Add(leadId, piece);
        }

        return piece;
    }

    public override string ToString() =>
        $"{Order} {Subject}: {string.Join(' ', [.. Identifiers.Select(identifier => identifier.Value), .. LeadIds])} of campaign {CampaignId}";
}
