using System.Diagnostics;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage.Telemetry;

namespace LeadEngine.Grains.Campaigns;

/// <summary>Something that waits at a campaign for its turn, and the promise of an answer.</summary>
internal abstract class Waiting
{
    /// <summary>The traced call that waits for it.</summary>
    public Activity? Call { get; } = EngineTelemetry.TracedCall;

    public abstract void Refuse(LeadRefusal why);

    public abstract void Fail(Exception exception);
}

internal abstract class Waiting<TReply> : Waiting
{
    private readonly TaskCompletionSource<TReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TReply> Reply => _reply.Task;

    public void Answer(TReply reply) => _reply.SetResult(reply);

    public override void Fail(Exception exception) => _reply.SetException(exception);
}

internal sealed class WaitingAdd(NewLead lead) : Waiting<AddReply>
{
    public NewLead Lead => lead;

    public override void Refuse(LeadRefusal why) => Answer(AddReply.Refused(why));
}

internal sealed class WaitingChange(LeadChange change) : Waiting<LeadChangeReply>
{
    public LeadChange Change => change;

    public override void Refuse(LeadRefusal why) => Answer(LeadChangeReply.Refused(why));
}

internal sealed class WaitingStatus(CampaignStatus status) : Waiting<CampaignReply>
{
    public CampaignStatus Status => status;

    public override void Refuse(LeadRefusal why) => Answer(CampaignReply.Refused(why));
}

/// <summary>What waits at a campaign, in order of arrival.</summary>
internal sealed class WaitingRoom
{
    private readonly HashSet<string> _identifiers = new(StringComparer.Ordinal);
    private readonly HashSet<long> _leads = [];
    private Queue<Waiting> _waiting = new();
    private Queue<Waiting> _left = new();

    public int Count => _waiting.Count;

    public void Enter(Waiting item) => _waiting.Enqueue(item);

    /// <summary>
    /// Takes what the next transaction may hold: a change of status alone, or what came before it. Of two adds that share an identifier
    /// the later stays, and of two changes of one lead: by the next transaction the store knows what became of the earlier.
    /// </summary>
    public List<Waiting> Take(int limit)
    {
        List<Waiting> taken = [];
        if (_waiting.TryPeek(out var first) && first is WaitingStatus) return [_waiting.Dequeue()];

        while (taken.Count < limit && _waiting.TryPeek(out var next) && next is not WaitingStatus)
        {
            _waiting.Dequeue();
            if (IsAlone(next)) taken.Add(next);
            else _left.Enqueue(next);
        }

        PutBackInFront();
        _identifiers.Clear();
        _leads.Clear();
        return taken;
    }

    public IEnumerable<Waiting> Clear()
    {
        var all = _waiting;
        _waiting = new();
        return all;
    }

    // E-mail addresses hold an @ and phone numbers a +, so one set serves both.
    private bool IsAlone(Waiting item) => item switch
    {
        WaitingAdd { Lead: var lead } => IsFree(lead.Email) && IsFree(lead.Phone) && Occupy(lead),
        WaitingChange { Change: var change } => _leads.Add(change.After.Id),
        _ => throw new ArgumentOutOfRangeException(nameof(item)),
    };

    private bool IsFree(string? identifier) => identifier is null || !_identifiers.Contains(identifier);

    private bool Occupy(NewLead lead)
    {
        if (lead.Email is { } email) _identifiers.Add(email);
        if (lead.Phone is { } phone) _identifiers.Add(phone);
        return true;
    }

    private void PutBackInFront()
    {
        if (_left.Count == 0) return;
        while (_waiting.TryDequeue(out var item)) _left.Enqueue(item);
        (_waiting, _left) = (_left, _waiting);
    }
}
