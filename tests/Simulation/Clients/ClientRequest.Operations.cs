using LeadEngine.Leads;

namespace LeadEngine.Simulation.Clients;

/// <summary>What is to be done with a lead that is there.</summary>
internal sealed partial class ClientRequest
{
    /// <summary>What to do; null for an upsert.</summary>
    public LeadOrder? Order { get; init; }

    /// <summary>The tag or the action; 0 for none.</summary>
    public long Subject { get; init; }

    /// <summary>The command for many leads of which this is a piece; null for what is asked of the lead itself.</summary>
    public Bulk? Bulk { get; init; }

    /// <summary>Whoever opted out stays so.</summary>
    public bool KeepOptOut { get; init; }

    /// <summary>It means nothing without points, and nothing once the campaign has ended.</summary>
    public bool IsForPoints => Order is LeadOrder.GivePoints or LeadOrder.CompleteAction;

    /// <summary>Whether it may be a matter of scores.</summary>
    public bool IsScored => Points != 0 || Order is LeadOrder.CompleteAction or LeadOrder.Tag or LeadOrder.Block or LeadOrder.Approve;
}
