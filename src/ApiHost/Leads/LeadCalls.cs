using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Leads;

/// <summary>
/// Asks the engine, and turns its silence into a refusal: a change that was not answered may have taken effect, a look-up that was not
/// answered may simply be repeated.
/// </summary>
internal sealed partial class LeadCalls(IGrainFactory grains, EngineCalls calls, ILogger<LeadCalls> log)
{
    /// <summary>
    /// Adds or updates the lead that an e-mail address, else a phone number names; or the phone number, if that alone identifies.
    /// </summary>
    public Task<LeadReply> Upsert(UpsertLead command, Deadline deadline)
    {
        var (kind, value) = command is { IdentifiedBy: not Identification.Phone, Email: { } email }
            ? (IdentifierKind.Email, email)
            : (IdentifierKind.Phone, command.Phone!);
        var identifier = Identifier(command.CampaignId, kind, value);
        return Change(isRepeat => identifier.Upsert(isRepeat ? AsRepeat(command) : command), deadline);
    }

    /// <summary>Updates a lead whose id is known.</summary>
    public Task<LeadReply> Update(long leadId, UpsertLead command, Deadline deadline) =>
        Change(isRepeat => grains.GetGrain<ILeadGrain>(leadId).Update(isRepeat ? AsRepeat(command) : command), deadline);

    /// <summary>Has a command carried out for a lead whose id is known.</summary>
    public Task<LeadReply> Apply(long leadId, LeadCommand command, Deadline deadline) => Change(
        isRepeat => grains.GetGrain<ILeadGrain>(leadId).Apply(isRepeat ? command with { Request = AsRepeat(command.Request) } : command),
        deadline);

    /// <summary>The lead that an identifier names.</summary>
    public Task<LeadReply> Find(long campaignId, IdentifierKind kind, string value, Deadline deadline) =>
        LookUp(() => Identifier(campaignId, kind, value).Find(), deadline);

    /// <summary>A lead whose id is known.</summary>
    public Task<LeadReply> Get(long campaignId, long leadId, Deadline deadline) =>
        LookUp(() => grains.GetGrain<ILeadGrain>(leadId).Get(campaignId), deadline);

    private IIdentifierGrain Identifier(long campaignId, IdentifierKind kind, string value) =>
        grains.GetGrain<IIdentifierGrain>(new IdentifierKey(campaignId, kind, value).ToString());

    // A first try that was not heard may have taken effect, so to be turned away at a later one does not mean that nothing changed.
    private async Task<LeadReply> Change(Func<bool, Task<LeadReply>> call, Deadline deadline)
    {
        var again = false;
        try
        {
            var reply = await calls.UntilHeard(isRepeat => call(again = isRepeat), deadline);
            return again && reply.Refusal is LeadRefusal.Busy ? Unknown(nameof(LeadRefusal.Busy)) : reply;
        }
        catch (StoreBusyException) when (!again)
        {
            return LeadReply.Refused(LeadRefusal.Busy);
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return Unknown(silence.GetType().Name);
        }
    }

    private LeadReply Unknown(string silence)
    {
        LogUnknown(silence);
        return LeadReply.Refused(LeadRefusal.Unknown);
    }

    private static UpsertLead AsRepeat(UpsertLead command) => command with { Request = AsRepeat(command.Request) };

    private static RequestStamp AsRepeat(RequestStamp request) => request with { IsRepeat = true };

    private async Task<LeadReply> LookUp(Func<Task<LeadReply>> call, Deadline deadline)
    {
        try
        {
            return await calls.UntilHeard(_ => call(), deadline);
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return LeadReply.Refused(LeadRefusal.Busy);
        }
    }

    [LoggerMessage(LogLevel.Warning, "It is not known whether a change of a lead took effect: {Silence}")]
    private partial void LogUnknown(string silence);
}
