using LeadEngine.Campaigns;
using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Store;
using LeadEngine.Storage;

namespace LeadEngine.Simulation.Promises;

/// <summary>What is done with leads that are there, at once or as queued work.</summary>
internal sealed partial class Model
{
    private readonly Dictionary<long, NewTask> _work = [];
    private readonly HashSet<long> _done = [];
    private readonly List<Work> _allWork = [];

    /// <summary>All work that was ever promised.</summary>
    public IReadOnlyList<Work> AllWork => _allWork;

    public CampaignSettings SettingsOf(long campaignId) => _testimony.Settings[campaignId];

    private void CheckWorkIsDone()
    {
        foreach (var (id, task) in _work) throw new BrokenPromiseException($"Work {id}, {task}, was never done.");
    }

    private ClientRequest? Find(Guid requestId)
    {
        var number = RequestIds.NumberOf(requestId);
        return RequestIds.IsPiece(requestId)
            ? BulkOf(number) is { Command: Bulk bulk } ? bulk.PieceOf(RequestIds.LeadOf(requestId)) : null
            : _requests.GetValueOrDefault(number);
    }

    private Errand<Told<QueueReply>>? BulkOf(int number) => _testimony.Bulks.Find(errand => errand.Number == number);

    private void Queue(WorkQueued queued, int at)
    {
        var (task, leadId) = (queued.Task, queued.Task.LeadId);
        var errand = BulkOf(RequestIds.NumberOf(task.RequestId));
        Broken.Unless(errand is { Command: Bulk } && errand.From <= at, $"Nobody asked for it: {queued}.");
        var bulk = (Bulk)errand.Command;
        Broken.Unless(
            task.RequestId == bulk.PieceOf(leadId).Id
                && (task.Order, task.Subject, queued.CampaignId) == (bulk.Order, bulk.Subject, bulk.CampaignId),
            $"{queued}, and not as asked: {errand}.");
        var lead = _leads.GetValueOrDefault(leadId);
        Broken.Unless(lead?.CampaignId == bulk.CampaignId && !lead.IsGoneBy(errand.From), $"{queued}, but there was no such lead.");
        Broken.Unless(IsNamed(lead, bulk, errand.From, at), $"{queued}, but {errand} does not name it.");
        _work.Add(queued.TaskId, task);
        _allWork.Add(new Work(queued.TaskId, bulk, leadId, at));
    }

    /// <summary>Whether a bulk command names a lead at some moment between two positions.</summary>
    public bool IsNamed(ModelLead lead, Bulk bulk, int from, int to) =>
        bulk.LeadIds.Contains(lead.Id) || bulk.Identifiers.Any(identifier => OwnersBetween(identifier, from, to).Contains(lead));

    private void End(WorkOver over)
    {
        var (lead, isThere) = (_leads[over.Task.LeadId], _work.Remove(over.TaskId));
        Broken.Unless(isThere, $"{over}, and was before.");
        var isDone = !over.IsDropped && _done.Contains(over.TaskId);
        Broken.Unless(lead.IsGone || isDone, $"{over}, though lead {lead.Id} is there and it was not done.");
    }

    /// <summary>What is queued is done while it is, and what is for points while there are any, unless there is nothing to do.</summary>
    private void CheckTime(ClientRequest request, SeenRequest seen, LeadChanged changed, ModelCampaign campaign, bool isChange)
    {
        Broken.Unless(
            request.Bulk is null || changed.Tasks.Any(id => _work.TryGetValue(id, out var task) && task.RequestId == seen.Id),
            $"{request} was carried out for lead {changed.After.Lead.Id}, though it was not queued, or not any more.");
        Broken.Unless(
            !request.IsForPoints || !isChange || campaign.Status is CampaignStatus.Open,
            $"{request} was carried out in a campaign that is {campaign.Status}.");
    }

    private bool WasQueuedAgain(ClientRequest request) =>
        request.Bulk is not null && _allWork.Count(work => work.Bulk == request.Bulk && work.LeadId == request.LeadId) > 1;

    /// <summary>Work that ends with a change was done by then, or there was nothing to do.</summary>
    private void Settle(LeadChanged changed, ModelLead lead, int firstStep)
    {
        foreach (var id in changed.Tasks)
        {
            if (!_work.TryGetValue(id, out var task)) continue;
            var piece = Find(task.RequestId)!;
            Broken.Unless(
                EffectsOf(piece).Any() || lead.Steps.Skip(firstStep).Any(step => step.Marks.After(piece, step.HasEmail) == step.Marks),
                $"Work {id}, {piece}, was ended and not done: {lead}.");
            _done.Add(id);
        }
    }

    /// <param name="TaskId">Its id.</param>
    /// <param name="Bulk">The command of which it is a piece.</param>
    /// <param name="LeadId">Which lead it is about.</param>
    /// <param name="At">The log entry that kept it.</param>
    internal sealed record Work(long TaskId, Bulk Bulk, long LeadId, int At);
}
