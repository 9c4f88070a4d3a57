using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Clients;

namespace LeadEngine.Simulation.Promises;

/// <summary>Answers to changes and to look-ups.</summary>
internal sealed partial class PromiseChecker
{
    private void CheckAnswers(ClientRequest request)
    {
        foreach (var sent in request.Tries)
        {
            if (sent is not { Answer: { } answer, To: { } to }) continue;
            switch (answer.Outcome)
            {
                case Outcome.Done when answer.Reply is { } reply:
                    CheckDone(request, sent, answer.IsRecalled, reply, to);
                    break;
                case Outcome.Refused:
                    CheckRefused(request, sent, answer.Refusal!.Value, to);
                    break;
                case Outcome.Mismatch:
                    Broken.Unless(testimony.Requests.Exists(other => other != request && other.Key == request.Key), $"{request}: nobody else used its key.");
                    break;
            }
        }
    }

    private void CheckDone(ClientRequest request, Try<Answer> sent, bool isRecalled, LeadReply reply, int to)
    {
        var effect = _model.EffectOf(request);
        Broken.Unless(effect is not null && effect.At < to, $"{request} was acknowledged, and is not there.");
        Broken.Unless(reply.Lead!.Id == effect.Lead.Id, $"{request} went to lead {effect.Lead.Id}, and was told lead {reply.Lead.Id}.");
        if (!isRecalled) Broken.Unless(reply.IsNew == effect.Made, $"{request} made its lead: {effect.Made}; it was told: {reply.IsNew}.");

        CheckState(reply.Lead, isRecalled ? 0 : effect.Step, to, $"{request}");
        var isFirst = isCalm && request.Tries.Count == 1;
        if (isFirst) Broken.Unless(reply.Lead.Counter == effect.Step + 1, $"{request} was told counter {reply.Lead.Counter}, not {effect.Step + 1}.");
        if (isFirst && effect.Made) Broken.Unless(reply.Standing!.LeadCount == reply.Lead.Rank, $"{request} was told rank {reply.Lead.Rank} of {reply.Standing.LeadCount}.");
        CheckStanding(effect.Lead, reply.Standing!, sent.FromMoment, to, $"{request}");

        if (request.Tries.Count > 1 || hadDoubles || request.Points == 0) return;
        var since = effect.Lead.Scores.Where(score => score.At >= effect.At).ToList();
        var isScored = since.Exists(score => score.At == effect.At);
        Broken.Unless(!isScored || since.Exists(score => score.Score == reply.Standing!.Score), $"{request} was told {reply.Standing!.Score}, which is without its own points.");
    }

    private void CheckRefused(ClientRequest request, Try<Answer> sent, LeadRefusal why, int to)
    {
        var effect = _model.EffectOf(request);
        var wasEverUnsure = request.Tries.Exists(other => other.Answer is null or { Outcome: Outcome.Unknown or Outcome.Done });
        Broken.Unless(wasEverUnsure || effect is null, $"{request} was refused ({why}), and is there.");
        if (why is not LeadRefusal.Busy) Broken.Unless(effect is null || effect.At >= sent.From, $"{request} was refused ({why}), although it was there already.");

        var campaign = _model.Campaign(request.CampaignId);
        switch (why)
        {
            case LeadRefusal.Busy:
                Broken.Unless(!isCalm, $"{request} was refused as busy, though nothing was wrong.");
                break;
            case LeadRefusal.Ended:
                Broken.Unless(campaign.Between(sent.From, to).Contains(CampaignStatus.Ended), $"{request} was told that the campaign had ended.");
                break;
            case LeadRefusal.Locked:
                Broken.Unless(campaign.Between(sent.From, to).Contains(CampaignStatus.Locked), $"{request} was told that the campaign was locked.");
                break;
            case LeadRefusal.LeadNotFound:
                Broken.Unless(request.MustExist || request.LeadId is not null, $"{request} was told that there is no lead.");
                Broken.Unless(NamedLead(request, sent.From) is null, $"{request} was told that there is no lead.");
                break;
            default:
                throw new BrokenPromiseException($"{request} was refused: {why}.");
        }
    }

    private ModelLead? NamedLead(ClientRequest request, int position)
    {
        if (request.LeadId is { } id)
            return _model.Leads.TryGetValue(id, out var lead) && lead.CampaignId == request.CampaignId && lead.Steps[0].At < position ? lead : null;
        return (request.Email is { } email ? _model.OwnerOf(new IdentifierKey(request.CampaignId, IdentifierKind.Email, email), position) : null)
            ?? (request.Phone is { } phone ? _model.OwnerOf(new IdentifierKey(request.CampaignId, IdentifierKind.Phone, phone), position) : null);
    }

    private void CheckAnswer(Question question)
    {
        if (question.Try is not { Answer: { } reply, To: { } to, From: var from }) return;
        if (reply.Refusal is LeadRefusal.Busy)
        {
            Broken.Unless(!isCalm, $"The look-up of {question} was refused as busy, though nothing was wrong.");
            return;
        }

        var before = Named(question, from);
        if (!reply.Succeeded)
        {
            Broken.Unless(reply.Refusal is LeadRefusal.LeadNotFound && before is null, $"The look-up of {question} was refused: {reply.Refusal}.");
            return;
        }

        var named = Named(question, to);
        Broken.Unless(named is not null && named.Id == reply.Lead.Id, $"The look-up of {question} told of lead {reply.Lead.Id}, not {named?.Id}.");
        CheckState(reply.Lead, hadDoubles ? 0 : LastAcknowledged(named!, question.Try.FromMoment), to, $"the look-up of {question}");
        CheckStanding(named!, reply.Standing, question.Try.FromMoment, to, $"the look-up of {question}");
    }

    private ModelLead? Named(Question question, int position)
    {
        if (question.Kind is { } kind) return _model.OwnerOf(new IdentifierKey(question.CampaignId, kind, question.Value!), position);
        return _model.Leads.TryGetValue(question.LeadId!.Value, out var lead) && lead.CampaignId == question.CampaignId && lead.Steps[0].At < position
            ? lead
            : null;
    }

    private void CheckStanding(ModelLead lead, Standing standing, int fromMoment, int to, string where)
    {
        var campaign = _model.Campaign(lead.CampaignId);
        var least = hadDoubles ? 0 : campaign.CountAt(LastAcknowledged(campaign, fromMoment));
        Broken.Unless(
            standing.LeadCount >= least && standing.LeadCount <= campaign.CountAt(to),
            $"{where} told of {standing.LeadCount} leads: there were {least} to {campaign.CountAt(to)}.");

        var earliest = hadDoubles ? 0 : LastAcknowledgedScore(lead, fromMoment);
        var scores = lead.Scores.Where(score => score.At < to).Skip(earliest).Select(score => score.Score);
        Broken.Unless(
            (earliest == 0 && standing.Score == default) || scores.Contains(standing.Score),
            $"{where} told of {standing.Score}: it was {string.Join(", ", lead.Scores.Where(score => score.At < to).Skip(earliest))}.");
    }
}
