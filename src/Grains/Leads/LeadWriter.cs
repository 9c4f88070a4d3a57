using System.Diagnostics;
using LeadEngine.Campaigns;
using LeadEngine.Grains.Telemetry;
using LeadEngine.Leads;
using LeadEngine.Storage.Telemetry;

namespace LeadEngine.Grains.Leads;

/// <summary>
/// Folds the requests that arrive while a lead's last write is under way into the next one. Each write starts from the version that was
/// read or written last, and the store refuses any other. Runs in the turns of its grain.
/// </summary>
internal sealed class LeadWriter(LeadRecord record, ILeadDesk desk, int maxWaiting, Jitter jitter, LeadMetrics metrics, TimeProvider clock)
{
    private List<WaitingRequest> _waiting = [];
    private bool _writing;

    public Task<LeadReply> Enter(LeadRequest request)
    {
        if (_waiting.Count > maxWaiting) return Task.FromResult(LeadReply.Refused(LeadRefusal.Busy));
        var item = new WaitingRequest(request);
        _waiting.Add(item);
        if (!_writing) _ = WriteWhatWaits();
        return item.Reply;
    }

    private async Task WriteWhatWaits()
    {
        _writing = true;
        while (_waiting.Count > 0) await Write(TakeWhatFits());
        _writing = false;
    }

    // Of two that bring different addresses or numbers the later waits: by then it is known whether those of the earlier were free.
    private List<WaitingRequest> TakeWhatFits()
    {
        var fitting = record.Stored is { Lead: var lead } ? Fold.CountThatFit(lead, _waiting.ConvertAll(item => item.Request)) : _waiting.Count;
        var taken = _waiting;
        _waiting = taken[fitting..];
        taken.RemoveRange(fitting, _waiting.Count);
        return taken;
    }

    private async Task Write(List<WaitingRequest> taken)
    {
        using var span = EngineTelemetry.StartShared("lead.write", ActivityKind.Internal, taken, static item => item.Call);
        try
        {
            for (var tries = 0; !await TryWrite(taken); tries++)
            {
                if (tries == Jitter.MaxTries)
                {
                    Refuse(taken, LeadRefusal.Unknown);
                    return;
                }

                foreach (var item in taken) item.MarkAsRepeat();
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
            desk.Leave();
        }
        catch (Exception exception)
        {
            foreach (var item in taken) item.Fail(exception);
            desk.Leave();
        }
    }

    /// <summary>Answers all that was taken, or returns false: what this activation or the campaign's knew was out of date.</summary>
    private async Task<bool> TryWrite(List<WaitingRequest> taken)
    {
        // Only the row itself can tell what was never seen.
        if (record.Stored is null || taken.Exists(item => item.Request.IsRecall)) await record.LookAgain();
        taken.RemoveAll(IsNotHere);
        if (record.Stored is not { } before || taken.Count == 0) return true;

        var now = clock.GetUtcNow();
        foreach (var item in taken) item.Stamp(RequestRules.AsOf(now, item.Request.Stamp));
        var fold = Fold.Of(before, taken.Select(item => item.Request));
        if (fold.IsHearsay)
        {
            await record.LookAgain();
            fold = Fold.Of(record.Stored, taken.Select(item => item.Request));
        }

        return fold.Change is { } change
            ? await Settle(taken, fold, change, await desk.Send(change))
            : await Answer(taken, fold);
    }

    private async Task<bool> Settle(List<WaitingRequest> taken, Fold fold, LeadChange change, LeadChangeReply reply)
    {
        switch (reply.Refusal)
        {
            case null:
                record.Stored = reply.Stored;
                metrics.Updated(taken.Count);
                return await Answer(taken, fold);
            case LeadRefusal.AskAgain:
                await record.ReadAgain();
                if (record.Stored?.Version != change.ExpectedVersion) return record.Holds(change) && await Answer(taken, fold);
                return SendAway(taken, change.ClaimEmail);
            case LeadRefusal.Ended:
                await record.ReadAgain();
                return record.Stored?.Version == change.ExpectedVersion && RefuseWhatIsOver(taken);
            case { } refusal:
                return await AnswerRepeatsRefuseChanges(taken, refusal);
        }
    }

    private async Task<bool> Answer(List<WaitingRequest> taken, Fold fold)
    {
        var standing = await FindStanding();
        foreach (var (item, reply) in taken.Zip(fold.Replies(record.Stored!, standing))) item.Answer(reply);
        return true;
    }

    private async Task<Standing> FindStanding()
    {
        try
        {
            return await desk.FindStanding();
        }
        catch (StoreBusyException away)
        {
            throw new StoreOutcomeUnknownException("A change was made, but where the lead stands cannot be read.", away);
        }
    }

    // Those who came with an address that another lead may have by now ask again; the others try again here.
    private bool SendAway(List<WaitingRequest> taken, string? claimed)
    {
        var lead = record.Stored!.Lead;
        var astray = claimed is null ? [] : taken.FindAll(item => item.Request.EmailToClaim(lead) == claimed && IsChange(item));
        taken.RemoveAll(astray.Contains);
        Refuse(astray, LeadRefusal.AskAgain);
        return taken.Count == 0;
    }

    // What is about points is over with its campaign. What came with it is not, and is tried again.
    private bool RefuseWhatIsOver(List<WaitingRequest> taken)
    {
        var lead = record.Stored!.Lead;
        var over = taken.FindAll(item => IsChange(item) && item.Request.On(lead).OnlyWhileOpen);
        taken.RemoveAll(over.Contains);
        Refuse(over, LeadRefusal.Ended);
        return taken.Count == 0;
    }

    // What was applied before stays so, whatever became of those that came with it.
    private async Task<bool> AnswerRepeatsRefuseChanges(List<WaitingRequest> taken, LeadRefusal why)
    {
        var answered = taken.FindAll(item => !IsChange(item));
        if (answered.Count > 0) await Answer(answered, Fold.Of(record.Stored!, answered.Select(item => item.Request)));
        Refuse(taken.Except(answered), why);
        return true;
    }

    private bool IsChange(WaitingRequest item) =>
        !item.Request.IsRecall && item.Request.SightIn(record.Stored!.Requests) is Sighting.New;

    private bool IsNotHere(WaitingRequest item)
    {
        if (record.Stored?.Lead.CampaignId == item.Request.CampaignId) return false;
        item.Answer(LeadReply.Refused(LeadRefusal.LeadNotFound));
        return true;
    }

    private static void Refuse(IEnumerable<WaitingRequest> taken, LeadRefusal why)
    {
        foreach (var item in taken) item.Answer(LeadReply.Refused(why));
    }
}
