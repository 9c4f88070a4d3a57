namespace LeadEngine.Grains.Campaigns;

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
    /// the later stays, and of two changes of one lead: by the next transaction the store knows what became of the earlier. Removals go by
    /// themselves, so that nothing beside them is about a lead that goes.
    /// </summary>
    public List<Waiting> Take(int limit)
    {
        if (!_waiting.TryPeek(out var first)) return [];
        if (first is WaitingStatus) return [_waiting.Dequeue()];

        List<Waiting> taken = [];
        while (taken.Count < limit && _waiting.TryPeek(out var next) && next is not WaitingStatus)
        {
            _waiting.Dequeue();
            if (next is WaitingRemoval == first is WaitingRemoval && IsAlone(next)) taken.Add(next);
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

    private bool IsAlone(Waiting item) => item switch
    {
        WaitingAdd add => IsFree(add.Lead.IdentifyingEmail()) && IsFree(add.Lead.IdentifyingPhone()) && Occupy(add),
        WaitingChange { Change: var change } => _leads.Add(change.After.Id),
        WaitingRemoval { Removal: var removal } => _leads.Add(removal.LeadId),
        _ => throw new ArgumentOutOfRangeException(nameof(item)),
    };

    private bool IsFree(string? identifier) => identifier is null || !_identifiers.Contains(identifier);

    // E-mail addresses hold an @ and phone numbers a +, so one set serves both.
    private bool Occupy(WaitingAdd add)
    {
        if (!IsFree(add.Lead.Claimed())) add.LoseClaim();
        if (add.Lead.Email is { } email) _identifiers.Add(email);
        if (add.Lead.Phone is { } phone) _identifiers.Add(phone);
        return true;
    }

    private void PutBackInFront()
    {
        if (_left.Count == 0) return;
        while (_waiting.TryDequeue(out var item)) _left.Enqueue(item);
        (_waiting, _left) = (_left, _waiting);
    }
}
