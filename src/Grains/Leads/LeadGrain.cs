using System.Diagnostics;
using LeadEngine.Campaigns;
using LeadEngine.Grains.Telemetry;
using LeadEngine.Leads;
using LeadEngine.Storage;
using LeadEngine.Storage.Telemetry;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;

namespace LeadEngine.Grains.Leads;

/// <summary>
/// Folds the upserts that arrive while its last write is under way into the next one. Reentrant, which is safe because each write starts
/// from the version that was read or written last, and the store refuses any other.
/// </summary>
[Reentrant, PreferLocalPlacement, GrainType("lead")]
internal sealed class LeadGrain(
    ILeadStore store, IOptions<EngineOptions> options, Jitter jitter, LeadMetrics metrics, TimeProvider clock) : Grain, ILeadGrain
{
    private List<Upsert> _waiting = [];
    private StoredLead? _stored;
    private bool _writing;

    private long Id => this.GetPrimaryKeyLong();

    public override async Task OnActivateAsync(CancellationToken cancellationToken) => _stored = await store.Read(Id);

    public async Task<LeadReply> Get(long campaignId)
    {
        await LookAgain();
        return _stored is { Lead: var lead } && lead.CampaignId == campaignId
            ? LeadReply.Accepted(lead, await Campaign(lead).GetStanding(Id))
            : LeadReply.Refused(LeadRefusal.LeadNotFound);
    }

    public async Task<LeadRefusal?> Remove(long campaignId, bool leaveMember)
    {
        await LookAgain();
        if (_stored is null) return null;
        if (_stored.Lead.CampaignId != campaignId) return LeadRefusal.LeadNotFound;
        var refusal = await Removing.UntilSettled(Campaign(_stored.Lead), new LeadRemoval(Id, leaveMember), jitter);

        // A write that is under way would bring back what this activation knew, so it is the next one that finds the lead gone.
        if (refusal is null or LeadRefusal.Unknown) DeactivateOnIdle();
        return refusal;
    }

    public Task<LeadReply> Apply(LeadCommand command) => throw new NotImplementedException();

    public Task<LeadReply> Update(UpsertLead command)
    {
        if (_waiting.Count > options.Value.MaxWaiting) return Task.FromResult(LeadReply.Refused(LeadRefusal.Busy));
        var upsert = new Upsert(command);
        _waiting.Add(upsert);
        if (!_writing) _ = WriteWhatWaits();
        return upsert.Reply;
    }

    private async Task WriteWhatWaits()
    {
        _writing = true;
        while (_waiting.Count > 0) await Write(TakeWhatFits());
        _writing = false;
    }

    // Of two that bring different addresses or numbers the later waits: by then it is known whether those of the earlier were free.
    private List<Upsert> TakeWhatFits()
    {
        var fitting = _stored is { Lead: var lead } ? Fold.CountThatFit(lead, _waiting.Select(upsert => upsert.Command)) : _waiting.Count;
        var taken = _waiting;
        _waiting = taken[fitting..];
        taken.RemoveRange(fitting, _waiting.Count);
        return taken;
    }

    private async Task Write(List<Upsert> taken)
    {
        using var span = EngineTelemetry.StartShared("lead.write", ActivityKind.Internal, taken, static upsert => upsert.Call);
        try
        {
            for (var tries = 0; !await TryWrite(taken); tries++)
            {
                if (tries == Jitter.MaxTries)
                {
                    Refuse(taken, LeadRefusal.Unknown);
                    return;
                }

                foreach (var upsert in taken) upsert.MarkAsRepeat();
                await jitter.Pause(tries);
            }
        }
        catch (StoreBusyException)
        {
            Refuse(taken, LeadRefusal.Busy);
        }
        catch (StoreOutcomeUnknownException)
        {
            Refuse(taken, LeadRefusal.Unknown);
            DeactivateOnIdle();
        }
        catch (Exception exception)
        {
            foreach (var upsert in taken) upsert.Fail(exception);
            DeactivateOnIdle();
        }
    }

    /// <summary>Answers all that was taken, or returns false: what this activation or the campaign's knew was out of date.</summary>
    private async Task<bool> TryWrite(List<Upsert> taken)
    {
        // Only the row itself can tell what was never seen.
        if (_stored is null || taken.Exists(upsert => upsert.Command.IsRecall)) Know(await store.Read(Id));
        taken.RemoveAll(IsNotHere);
        if (_stored is not { } before || taken.Count == 0) return true;

        var now = clock.GetUtcNow();
        foreach (var upsert in taken) upsert.Stamp(RequestRules.AsOf(now, upsert.Command.Request));
        var fold = Fold.Of(before, taken.Select(upsert => upsert.Command));
        if (fold.Change is { } change)
        {
            var reply = await Send(change);
            if (reply.Refusal is LeadRefusal.AskAgain)
            {
                await ReadAgain();
                if (_stored is null || _stored.Version != before.Version) return Landed(change) && await Answer(taken, fold);
                return SendAway(taken, change.ClaimEmail);
            }

            if (reply.Refusal is { } refusal) return await AnswerRepeatsRefuseChanges(taken, refusal);

            _stored = reply.Stored;
            metrics.Updated(taken.Count);
        }

        return await Answer(taken, fold);
    }

    // The write was refused, but an earlier try of it may be what stands in its way: without a look, nobody can say.
    private async Task ReadAgain()
    {
        try
        {
            _stored = await store.Read(Id);
        }
        catch (StoreBusyException away)
        {
            throw new StoreOutcomeUnknownException("A write was refused, and why cannot be read.", away);
        }
    }

    private async Task<bool> Answer(List<Upsert> taken, Fold fold)
    {
        var standing = await FindStanding();
        foreach (var (upsert, reply) in taken.Zip(fold.Replies(_stored!, standing))) upsert.Answer(reply);
        return true;
    }

    private async Task<Standing> FindStanding()
    {
        try
        {
            return await Campaign(_stored!.Lead).GetStanding(Id);
        }
        catch (StoreBusyException away)
        {
            throw new StoreOutcomeUnknownException("A change was made, but where the lead stands cannot be read.", away);
        }
    }

    // Those who came with an address that another lead may have by now ask again; the others try again here.
    private bool SendAway(List<Upsert> taken, string? claimed)
    {
        var astray = claimed is null ? [] : taken.FindAll(upsert => upsert.Command.Email == claimed && IsChange(upsert));
        taken.RemoveAll(astray.Contains);
        Refuse(astray, LeadRefusal.AskAgain);
        return taken.Count == 0;
    }

    // What was applied before stays so, whatever became of those that came with it.
    private async Task<bool> AnswerRepeatsRefuseChanges(List<Upsert> taken, LeadRefusal why)
    {
        var answered = taken.FindAll(upsert => !IsChange(upsert));
        if (answered.Count > 0) await Answer(answered, Fold.Of(_stored!, answered.Select(upsert => upsert.Command)));
        Refuse(taken.Except(answered), why);
        return true;
    }

    private bool IsChange(Upsert upsert) =>
        !upsert.Command.IsRecall && RequestRules.Look(_stored!.Requests, upsert.Command.Request) is Sighting.New;

    private Task<LeadChangeReply> Send(LeadChange change) =>
        !change.IsScored ? store.Write(change) : Campaign(change.After).Score(change);

    // The store tries again when a commit's answer was lost. If the first try had landed, the second finds its own version in the way.
    private bool Landed(LeadChange change) =>
        _stored?.Version == change.ExpectedVersion + 1 && _stored.Requests.Recent.AsSpan().SequenceEqual(change.Requests.Recent.AsSpan());

    private bool IsNotHere(Upsert upsert)
    {
        if (_stored?.Lead.CampaignId == upsert.Command.CampaignId) return false;
        upsert.Answer(LeadReply.Refused(LeadRefusal.LeadNotFound));
        return true;
    }

    // A lead that was not there may come. (To leave instead would send away all who wait, and they are not sent on for ever.)
    private async Task LookAgain()
    {
        if (_stored is null) Know(await store.Read(Id));
    }

    // A read that took long may tell of an older state than a write since.
    private void Know(StoredLead? read)
    {
        if (_stored is null || read?.Version > _stored.Version) _stored = read;
    }

    private ICampaignGrain Campaign(Lead lead) => GrainFactory.GetGrain<ICampaignGrain>(lead.CampaignId);

    private static void Refuse(IEnumerable<Upsert> taken, LeadRefusal why)
    {
        foreach (var upsert in taken) upsert.Answer(LeadReply.Refused(why));
    }
}
