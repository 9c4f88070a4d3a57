using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Gathering;

using AnswerItem = Pending<KeyedAnswer, bool>;
using ChangeItem = Pending<LeadChange, LeadChangeReply>;
using UnitItem = Pending<CampaignUnit, UnitReply>;

/// <summary>
/// Group commit: units, changes and answers that wait become one transaction. It holds one unit of a campaign, one change of a lead and one
/// answer of a key; what comes after waits for the next one, in its order.
/// </summary>
internal sealed class WriteTarget(IStoreDriver driver, TimeProvider clock) : IBatchTarget<IPending>
{
    private readonly HashSet<long> _campaigns = [];
    private readonly HashSet<long> _leads = [];
    private readonly HashSet<string> _keys = [];

    public static UnitItem Unit(CampaignUnit unit) => new(unit, Math.Max(1, unit.Adds.Length + unit.Changes.Length + unit.Removals.Length));

    public static ChangeItem Change(LeadChange change) => new(change, 1);

    public static AnswerItem Answer(KeyedAnswer answer) => new(answer, 1);

    public void BeginBatch()
    {
        _campaigns.Clear();
        _leads.Clear();
        _keys.Clear();
    }

    public bool Admits(IPending item) => item switch
    {
        UnitItem unit => AdmitsUnit(unit.Request),
        ChangeItem change => _leads.Add(change.Request.After.Id),
        AnswerItem answer => _keys.Add(answer.Request.Key),
        _ => throw new ArgumentException("Not a write.", nameof(item)),
    };

    // A unit that must wait still keeps its campaign and its leads: what came after it may not overtake it.
    private bool AdmitsUnit(CampaignUnit unit)
    {
        var admits = _campaigns.Add(unit.CampaignId);
        foreach (var change in unit.Changes) admits &= _leads.Add(change.After.Id);
        foreach (var removal in unit.Removals) admits &= _leads.Add(removal.LeadId);
        return admits;
    }

    public async Task Send(IReadOnlyList<IPending> batch, CancellationToken cancel)
    {
        var (units, changes, answers) = Sort(batch);
        var reply = await driver.Commit(
            new(
                [.. units.Select(unit => unit.Request)],
                [.. changes.Select(change => change.Request)],
                [.. answers.Select(answer => answer.Request)],
                clock.GetUtcNow()),
            cancel);
        for (var i = 0; i < units.Count; i++) units[i].TrySetResult(Told(reply.Units[i], units[i]));
        for (var i = 0; i < changes.Count; i++) changes[i].TrySetResult(Told(reply.Changes[i], changes[i].InDoubt));
        foreach (var answer in answers) answer.TrySetResult(true);
    }

    private static UnitReply Told(UnitReply reply, UnitItem unit) => unit.InDoubt && !reply.IsFenced
        ? reply with
        {
            WasInDoubt = true,
            Changes = [.. reply.Changes.Select(change => Told(change, inDoubt: true))],
            Removals = [.. reply.Removals.Select(refusal => refusal is null ? refusal : LeadRefusal.Unknown)],
        }
        : reply;

    // An earlier try may be on its way still: it lands when the campaign is unlocked before it comes.
    private static LeadChangeReply Told(LeadChangeReply reply, bool inDoubt) =>
        inDoubt && reply.Refusal is LeadRefusal.Locked ? LeadChangeReply.Refused(LeadRefusal.Unknown) : reply;

    private static (List<UnitItem> Units, List<ChangeItem> Changes, List<AnswerItem> Answers) Sort(IReadOnlyList<IPending> batch)
    {
        List<UnitItem> units = [];
        List<ChangeItem> changes = [];
        List<AnswerItem> answers = [];
        foreach (var item in batch)
        {
            if (item is UnitItem unit) units.Add(unit);
            else if (item is ChangeItem change) changes.Add(change);
            else answers.Add((AnswerItem)item);
        }
        return (units, changes, answers);
    }
}
