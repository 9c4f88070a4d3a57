using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Leads;

/// <summary>
/// Asks the engine, and turns its silence into a refusal: a change that was not answered may have taken effect, a look-up that was not
/// answered may simply be repeated.
/// </summary>
internal sealed partial class LeadCalls(IGrainFactory grains, ILogger<LeadCalls> log)
{
    /// <summary>Adds or updates the lead that an e-mail address, else a phone number names.</summary>
    public Task<LeadReply> Upsert(UpsertLead command, Deadline deadline)
    {
        var (kind, value) = command.Email is { } email ? (IdentifierKind.Email, email) : (IdentifierKind.Phone, command.Phone!);
        return Change(Identifier(command.CampaignId, kind, value).Upsert(command), deadline);
    }

    /// <summary>Updates a lead whose id is known.</summary>
    public Task<LeadReply> Update(long leadId, UpsertLead command, Deadline deadline) =>
        Change(grains.GetGrain<ILeadGrain>(leadId).Update(command), deadline);

    /// <summary>The lead that an identifier names.</summary>
    public Task<LeadReply> Find(long campaignId, IdentifierKind kind, string value, Deadline deadline) =>
        LookUp(Identifier(campaignId, kind, value).Find(), deadline);

    /// <summary>A lead whose id is known.</summary>
    public Task<LeadReply> Get(long campaignId, long leadId, Deadline deadline) =>
        LookUp(grains.GetGrain<ILeadGrain>(leadId).Get(campaignId), deadline);

    private IIdentifierGrain Identifier(long campaignId, IdentifierKind kind, string value) =>
        grains.GetGrain<IIdentifierGrain>(new IdentifierKey(campaignId, kind, value).ToString());

    private async Task<LeadReply> Change(Task<LeadReply> call, Deadline deadline)
    {
        try
        {
            return await deadline.Bound(call);
        }
        catch (StoreBusyException)
        {
            return LeadReply.Refused(LeadRefusal.Busy);
        }
        catch (Exception silence) when (silence is TimeoutException or StoreOutcomeUnknownException or OrleansException)
        {
            LogUnknown(silence.GetType().Name);
            return LeadReply.Refused(LeadRefusal.Unknown);
        }
    }

    private static async Task<LeadReply> LookUp(Task<LeadReply> call, Deadline deadline)
    {
        try
        {
            return await deadline.Bound(call);
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return LeadReply.Refused(LeadRefusal.Busy);
        }
    }

    [LoggerMessage(LogLevel.Warning, "It is not known whether a change of a lead took effect: {Silence}")]
    private partial void LogUnknown(string silence);
}
