using System.Diagnostics;
using LeadEngine.Campaigns;
using LeadEngine.Grains.Telemetry;
using LeadEngine.Leads;
using LeadEngine.Storage;
using LeadEngine.Storage.Telemetry;

namespace LeadEngine.Grains.Campaigns;

/// <summary>
/// Sends what waits at a campaign, one transaction at a time, for one tenure: what comes while a transaction is under way goes into the
/// next. Runs in the turns of its grain.
/// </summary>
internal sealed class UnitSender(Tenure tenure, ILeadStore store, EngineOptions options, LeadMetrics metrics, ICampaignDesk desk)
{
    private readonly WaitingRoom _waiting = new();
    private bool _sending;

    public Tenure Tenure => tenure;

    public void Enter(Waiting item) => EnterTogether([item]);

    /// <summary>All of them, or none: those for whom there is no room are busy together.</summary>
    public void EnterTogether(ReadOnlySpan<Waiting> items)
    {
        if (tenure.IsOver) Refuse(items, LeadRefusal.AskAgain);
        else if (_waiting.Count > 0 && _waiting.Count + items.Length > options.MaxWaitingAtCampaign) Refuse(items, LeadRefusal.Busy);
        else
        {
            foreach (var item in items) _waiting.Enter(item);
            if (!_sending) _ = SendWhatWaits();
        }
    }

    private async Task SendWhatWaits()
    {
        _sending = true;
        while (_waiting.Count > 0) await Send(_waiting.Take(options.UnitSize));
        _sending = false;
    }

    private async Task Send(List<Waiting> taken)
    {
        using var span = EngineTelemetry.StartShared("campaign.unit", ActivityKind.Internal, taken, static item => item.Call);
        try
        {
            if (taken is [WaitingStatus change]) await SendStatus(change);
            else await SendUnit(taken);
        }
        catch (StoreBusyException)
        {
            Refuse([.. taken], LeadRefusal.Busy);
        }
        catch (StoreOutcomeUnknownException)
        {
            Refuse([.. taken], LeadRefusal.Unknown);
            StepDown();
        }
        catch (Exception exception)
        {
            foreach (var item in taken) item.Fail(exception);
            StepDown();
        }
    }

    private async Task SendUnit(List<Waiting> taken)
    {
        List<Waiting> over = tenure.Status is CampaignStatus.Ended ? taken.FindAll(IsOver) : [];
        var sent = over.Count == 0 ? taken : taken.FindAll(item => !IsOver(item));
        List<WaitingAdd> adds = [.. sent.OfType<WaitingAdd>()];
        desk.Check(adds);
        var unit = new CampaignUnit
        {
            CampaignId = desk.Id,
            AccountId = tenure.AccountId,
            Epoch = tenure.Epoch,
            Adds = [.. adds.Select(item => item.Lead)],
            Changes = [.. sent.OfType<WaitingChange>().Select(item => WithLeastPoints(item.Change))],
            Removals = [.. sent.OfType<WaitingRemoval>().Select(item => item.Removal)],
        };
        metrics.UnitSent(taken.Count);
        var reply = await store.Commit(unit);
        if (reply.IsFenced)
        {
            metrics.Fenced();
            Refuse([.. taken], LeadRefusal.AskAgain);
            StepDown();
            return;
        }

        if (metrics.AreCreatedCounted) metrics.Created(reply.Adds.Count(add => add.Rank > 0));
        desk.Note(unit, reply);
        tenure.Apply(unit, reply);
        tenure.Answer(sent, unit, reply);
        Refuse([.. over], LeadRefusal.Ended);
        if (reply.WasInDoubt) StepDown();
    }

    // The unit is sent also if nothing else is in it: only if that is not fenced is it certain that the campaign has not been opened again.
    private static bool IsOver(Waiting item) => item is WaitingChange { Change.OnlyWhileOpen: true };

    // A campaign is the only one who changes its scores, so nothing comes between this and the unit.
    private LeadChange WithLeastPoints(LeadChange change) =>
        change.Points == 0 ? change : change with { LeastPoints = tenure.Ranking.LeastPoints(change.After.Id) };

    private async Task SendStatus(WaitingStatus change)
    {
        if (await store.SetStatus(desk.Id, tenure.Epoch, change.Status))
        {
            tenure.Status = change.Status;
            change.Answer(desk.Describe());
            return;
        }

        metrics.Fenced();
        change.Refuse(LeadRefusal.AskAgain);
        StepDown();
    }

    // Another activation has the campaign, or what this one remembers may be out of date: whoever waits asks again, of the next one.
    private void StepDown()
    {
        tenure.IsOver = true;
        Refuse([.. _waiting.Clear()], LeadRefusal.AskAgain);
        desk.Leave();
    }

    private static void Refuse(ReadOnlySpan<Waiting> items, LeadRefusal why)
    {
        foreach (var item in items) item.Refuse(why);
    }
}
