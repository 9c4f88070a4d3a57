using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;

namespace LeadEngine.Grains.Leads;

/// <summary>
/// Finds out once which lead an identifier names, while all others that ask wait; then lets them pass. What it remembers is a hint: the
/// store decides who exists, and a lead that is gone says so.
/// </summary>
[Reentrant, PreferLocalPlacement, GrainType("identifier")]
internal sealed class IdentifierGrain(ILeadStore store, IOptions<EngineOptions> options, Jitter jitter) : Grain, IIdentifierGrain
{
    private IdentifierKey _key;
    private long? _leadId;
    private string? _leadPhone;
    private TaskCompletionSource? _resolving;
    private int _waiting;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = IdentifierKey.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<LeadReply> Find()
    {
        if (_leadId is { } known && await Lead(known).Get(_key.CampaignId) is { Succeeded: true } reply) return reply;

        (_leadId, _leadPhone) = (await store.Find(_key), null);
        return _leadId is { } found ? await Read(found) : LeadReply.Refused(LeadRefusal.LeadNotFound);
    }

    // Most are looked up once. It is for those who are looked up again that the lead stays in memory.
    private async Task<LeadReply> Read(long leadId) =>
        await store.Read(leadId) is { Lead: var lead } && lead.CampaignId == _key.CampaignId
            ? LeadReply.Accepted(lead, await Campaign.GetStanding(leadId))
            : LeadReply.Refused(LeadRefusal.LeadNotFound);

    public async Task<LeadReply> Upsert(UpsertLead command)
    {
        if (_waiting > options.Value.MaxWaiting) return LeadReply.Refused(LeadRefusal.Busy);
        _waiting++;
        try
        {
            return await UpsertUntilSettled(command);
        }
        finally
        {
            _waiting--;
        }
    }

    private async Task<LeadReply> UpsertUntilSettled(UpsertLead command)
    {
        for (var tries = 0; tries < Jitter.MaxTries; tries++)
        {
            if (tries > 0) await jitter.Pause(tries - 1);
            var reply = await UpsertOnce(command);
            if (reply is not null) return reply.Refusal is LeadRefusal.AskAgain ? await UpsertAgain(command) : reply;
        }

        return LeadReply.Refused(LeadRefusal.Busy);
    }

    // Who was told to ask again may have been heard all the same, so to be turned away now does not mean that nothing changed.
    private async Task<LeadReply> UpsertAgain(UpsertLead command)
    {
        var repeat = command with { Request = command.Request with { IsRepeat = true } };
        try
        {
            for (var tries = 0; tries < Jitter.MaxTries; tries++)
            {
                await jitter.Pause(tries);
                var reply = await UpsertOnce(repeat);
                if (reply is not (null or { Refusal: LeadRefusal.AskAgain or LeadRefusal.Busy })) return reply;
            }

            return LeadReply.Refused(LeadRefusal.Unknown);
        }
        catch (StoreBusyException)
        {
            return LeadReply.Refused(LeadRefusal.Unknown);
        }
    }

    // Null: the lead that it was about is gone, and with it whatever the request did to it. It is to be resolved anew, as it came.
    private async Task<LeadReply?> UpsertOnce(UpsertLead command)
    {
        while (_leadId is null && _resolving is { } other) await other.Task;
        return _leadId is { } known ? await Update(known, command) : await Resolve(command);
    }

    private async Task<LeadReply?> Resolve(UpsertLead command)
    {
        var resolving = _resolving = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            return command.MustExist ? await UpdateExisting(command) : await AddOrUpdate(command);
        }
        finally
        {
            _resolving = null;
            resolving.SetResult();
        }
    }

    private async Task<LeadReply?> AddOrUpdate(UpsertLead command)
    {
        var reply = await Campaign.Add(new NewLead
        {
            Request = command.Request,
            Email = command.Email,
            Phone = command.Phone,
            ReferrerId = command.ReferrerId,
            Points = command.Points,
            Profile = LeadRules.NewProfile(command.Patch, command.Tags),
            IdentifiedBy = command.IdentifiedBy,
            ShortLink = command.ShortLink,
            SkipIpCheck = command.SkipIpCheck,
            Earned = Tagging.Earned(command.Tags),
            Events = LeadRules.NewEvents(command.Tags),
        });
        if (reply.Added is { } added)
        {
            Remember(added);
            // Most people sign up once, and the few who come again soon are found in the store: to stay for them would cost everybody pauses.
            DeactivateOnIdle();
            return added;
        }

        return reply.ExistingId is { } existing ? await Update(existing, command) : LeadReply.Refused(reply.Refusal!.Value);
    }

    private async Task<LeadReply?> UpdateExisting(UpsertLead command)
    {
        // Asked together, so that both are answered as of one moment.
        var (byEmail, byPhone) = (
            Find(IdentifierKind.Email, command.IdentifiedBy is Identification.Phone ? null : command.Email),
            Find(IdentifierKind.Phone, command.IdentifiedBy is Identification.Email ? null : command.Phone));
        return (await byEmail ?? await byPhone) is { } leadId ? await Update(leadId, command) : LeadReply.Refused(LeadRefusal.LeadNotFound);
    }

    private async Task<LeadReply?> Update(long leadId, UpsertLead command)
    {
        if (await Recall(leadId, command) is { } recalled) return recalled;
        var reply = await Lead(leadId).Update(command);
        if (reply.Succeeded)
        {
            Remember(reply);
            return reply;
        }

        if (reply.Refusal is not (LeadRefusal.LeadNotFound or LeadRefusal.AskAgain)) return reply;
        if (_leadId == leadId) _leadId = null;
        return reply.Refusal is LeadRefusal.LeadNotFound ? null : reply;
    }

    private Task<long?> Find(IdentifierKind kind, string? value) =>
        value is null ? Task.FromResult<long?>(null) : store.Find(_key with { Kind = kind, Value = value });

    // While an e-mail address names nobody, a request with both goes to the lead with the phone number, even if that keeps another
    // address. Should somebody get the first address since, another try of it has to find where that one went, whichever comes first.
    private async Task<LeadReply?> Recall(long leadId, UpsertLead command)
    {
        if (command.IdentifiedBy is not Identification.EmailThenPhone) return null;
        if (command.Email is null || command.Phone is not { } phone || (leadId == _leadId && phone == _leadPhone)) return null;
        var other = await Find(IdentifierKind.Phone, phone);
        if (other is null || other == leadId) return null;
        var reply = await Lead(other.Value).Update(command with { IsRecall = true });
        return reply.Refusal is LeadRefusal.LeadNotFound ? null : reply;
    }

    // A request can end at a lead that keeps another e-mail address than this one: then this one names nobody yet.
    private void Remember(LeadReply reply)
    {
        var value = _key.Kind is IdentifierKind.Email ? reply.Lead!.Email : reply.Lead!.Phone;
        if (value == _key.Value) (_leadId, _leadPhone) = (reply.Lead.Id, reply.Lead.Phone);
    }

    private ICampaignGrain Campaign => GrainFactory.GetGrain<ICampaignGrain>(_key.CampaignId);

    private ILeadGrain Lead(long leadId) => GrainFactory.GetGrain<ILeadGrain>(leadId);
}
