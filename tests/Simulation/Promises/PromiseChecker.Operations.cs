using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Clients;

namespace LeadEngine.Simulation.Promises;

/// <summary>Commands about leads that are there.</summary>
internal sealed partial class PromiseChecker
{
    /// <summary>A command that found nothing to do left the lead as it was: as it shall be. Its repeats are remembered, and do nothing either.</summary>
    private void CheckNothingToDo(ClientRequest request, Answer answer, Effect? late, int to)
    {
        Broken.Unless(
            late is null || (request.Points == 0 && late.Lead.Steps[late.Step].Marks == late.Lead.Steps[late.Step - 1].Marks),
            $"{request} was acknowledged at {to}, and took effect at {late?.At}.");
        Broken.Unless(
            _model.Leads.TryGetValue(request.LeadId!.Value, out var lead) && lead.CampaignId == request.CampaignId
                && answer.Reply!.Lead!.Id == lead.Id,
            $"{request} was told of {answer}.");
        var from = FirstStepSince(lead, request.Tries[0].From);
        var states = lead.Steps.Skip(from).TakeWhile(step => step.At < to).ToList();
        Broken.Unless(
            request.Order is not LeadOrder.GivePoints && states.Exists(step => step.Marks.After(request, step.HasEmail) == step.Marks),
            $"{request} was acknowledged with {answer}, and is not so: {string.Join('\n', states.Select(step => step.Text))}");
        CheckState(answer.Reply.Lead, hadDoubles ? 0 : from, to, $"{request}");
    }

    private void CheckBulk(Bulk bulk, Try<Told<QueueReply>> sent, int to)
    {
        var (matched, refusal) = sent.Answer!.Value;
        switch (refusal)
        {
            case null:
                break;
            case LeadRefusal.Busy or LeadRefusal.Unknown:
                Broken.Unless(!isCalm, $"{bulk} was refused as {refusal}, though nothing was wrong.");
                return;
            default:
                throw new BrokenPromiseException($"{bulk} was refused: {refusal}.");
        }

        var queued = _model.AllWork.Where(work => work.Bulk == bulk && work.At >= sent.From && work.At < to)
            .Select(work => work.LeadId).ToHashSet();
        Broken.Unless(matched <= queued.Count, $"{bulk} was said to be queued for {matched} leads, and was for {queued.Count}.");
        foreach (var lead in _model.Leads.Values.Where(lead => WasNamedThroughout(lead, bulk, sent.From, to)))
            Broken.Unless(queued.Contains(lead.Id), $"{bulk} was acknowledged, and not queued for lead {lead.Id}.");
        Broken.Unless(!isCalm || matched == queued.Count, $"{bulk} was said to be queued for {matched} leads, and was for {queued.Count}.");
    }

    // Who was there before it was asked for, and was not removed until the answer came.
    private bool WasNamedThroughout(ModelLead lead, Bulk bulk, int from, int to) =>
        lead.CampaignId == bulk.CampaignId && lead.Steps[0].At < from && !lead.IsGoneBy(to) && _model.IsNamed(lead, bulk, from, from);

    /// <summary>What was refused as busy was not queued: before anybody can say that it came with another try.</summary>
    private void CheckBusyBulks()
    {
        foreach (var errand in testimony.Bulks)
        {
            var isBusy = errand.Tries.TakeWhile(sent => sent.Answer?.Value.Refusal is LeadRefusal.Busy).Count();
            var end = isBusy < errand.Tries.Count ? errand.Tries[isBusy].From : database.Log.Position;
            var queued = _model.AllWork.FirstOrDefault(work => work.Bulk == errand.Command && work.At < end);
            Broken.Unless(isBusy == 0 || queued is null, $"{errand} was refused as busy, and {queued} was queued.");
        }
    }
}
