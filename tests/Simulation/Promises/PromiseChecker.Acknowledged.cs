using LeadEngine.Simulation.Clients;

namespace LeadEngine.Simulation.Promises;

/// <summary>What had been acknowledged to somebody by the time when another one asked: who asks then is told no less.</summary>
internal sealed partial class PromiseChecker
{
    private List<(Effect Effect, int Moment, bool AtOnce)>? _acknowledged;

    private IEnumerable<Effect> AcknowledgedBefore(int moment, bool atOnce = false)
    {
        _acknowledged ??= [.. from request in testimony.Requests
                              let told = request.Tries.Where(sent => sent.Answer is { Outcome: Outcome.Done }).MinBy(sent => sent.ToMoment)
                              where told is not null
                              let effect = EffectTold(request, told.Answer!)
                              where effect is not null // A command that found nothing to do has none.
                              select (effect, told.ToMoment!.Value, request.Tries.Count == 1)];
        return _acknowledged.Where(entry => entry.Moment < moment && (entry.AtOnce || !atOnce)).Select(entry => entry.Effect);
    }

    /// <summary>The effect that an answer tells of: there are several only if the leads of all but the last were removed.</summary>
    private Effect? EffectTold(ClientRequest request, Answer answer)
    {
        var told = answer.Reply?.Lead?.Id ?? answer.LeadId;
        return _model.EffectsOf(request).FirstOrDefault(effect => told is null || effect.Lead.Id == told);
    }

    /// <summary>Whether somebody who asks at a moment may be told of a lead that is gone: only if nobody knows for certain.</summary>
    private bool MayLinger(ModelLead lead, int from, int fromMoment) => !lead.IsGoneBy(from) || hadDoubles || !testimony.Removals.Exists(errand =>
        errand.Command is Removal removal && removal.LeadId == lead.Id
        && errand.Tries.Exists(sent => sent is { Answer.Value: null, ToMoment: { } told } && sent.To > lead.RemovedAt && told < fromMoment));

    private int LastAcknowledged(ModelLead lead, int moment) =>
        AcknowledgedBefore(moment).Where(effect => effect.Lead == lead).Select(effect => effect.Step).DefaultIfEmpty().Max();

    /// <summary>The position after the newest lead that was acknowledged.</summary>
    private int LastAcknowledged(ModelCampaign campaign, int moment) =>
        AcknowledgedBefore(moment).Where(effect => effect.Made && _model.Campaign(effect.Lead.CampaignId) == campaign)
            .Select(effect => effect.At + 1).DefaultIfEmpty().Max();

    /// <summary>
    /// How many of the lead's scores are certainly old. A repeat may be answered before the campaign heard that its points were written.
    /// </summary>
    private int LastAcknowledgedScore(ModelLead lead, int moment)
    {
        var entries = AcknowledgedBefore(moment, atOnce: true).Select(effect => effect.At).ToHashSet();
        var last = lead.Scores.Select((score, i) => entries.Contains(score.At) ? i : -1).DefaultIfEmpty(-1).Max();
        return Math.Max(0, last);
    }
}
