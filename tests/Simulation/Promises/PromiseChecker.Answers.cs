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
                    CheckDone(request, sent, answer, reply, to);
                    break;
                case Outcome.Done when answer.LeadId is not null:
                    Broken.Unless(EffectTold(request, answer) is { Made: true } made && made.At < to, $"{request} was acknowledged, and made no such lead.");
                    break;
                case Outcome.Refused:
                    CheckRefused(request, sent, answer, to);
                    break;
                case Outcome.Unknown:
                    // A lead that sees many requests forgets the oldest, and so whether it saw one that is repeated.
                    Broken.Unless(!isCalm || request.Tries.Count > 1, $"{request} was answered with unknown, though nothing was wrong.");
                    break;
                case Outcome.Mismatch:
                    Broken.Unless(testimony.Requests.Exists(other => other != request && other.Key == request.Key), $"{request}: nobody else used its key.");
                    break;
            }
        }
    }

    private void CheckDone(ClientRequest request, Try<Answer> sent, Answer answer, LeadReply reply, int to)
    {
        var effect = EffectTold(request, answer);
        if (request.Order is not null && (effect is null || effect.At >= to))
        {
            CheckNothingToDo(request, answer, effect, to);
            return;
        }

        var (lead, isRecalled) = (reply.Lead!, answer.IsRecalled);
        Broken.Unless(effect is not null && effect.At < to, $"{request} was acknowledged with {answer}, and is not there.");
        if (!isRecalled) Broken.Unless(reply.IsNew == effect.Made, $"{request} made its lead: {effect.Made}; it was told: {reply.IsNew}.");

        CheckState(lead, isRecalled ? 0 : effect.Step, to, $"{request}");
        var isFirst = isCalm && request.Tries.Count == 1;
        var counter = effect.Lead.Steps[effect.Step].Counter;
        if (isFirst) Broken.Unless(lead.Counter == counter, $"{request} was told counter {lead.Counter}, not {counter}.");
        var isExact = isFirst && effect.Made && _model.Campaign(request.CampaignId).Removals.Count == 0;
        if (isExact) Broken.Unless(reply.Standing!.LeadCount == lead.Rank, $"{request} was told rank {lead.Rank} of {reply.Standing.LeadCount}.");
        CheckStanding(effect.Lead, reply.Standing!, sent.FromMoment, to, $"{request}");

        if (request.Tries.Count > 1 || hadDoubles || !request.IsScored || effect.Lead.IsGoneBy(to)) return;
        var since = effect.Lead.Scores.Where(score => score.At >= effect.At).ToList();
        var isScored = since.Exists(score => score.At == effect.At);
        Broken.Unless(!isScored || since.Exists(score => score.Score == reply.Standing!.Score), $"{request} was told {reply.Standing!.Score}, which is without its own points.");
    }

    private void CheckRefused(ClientRequest request, Try<Answer> sent, Answer answer, int to)
    {
        var why = answer.Refusal!.Value;
        var effect = _model.EffectsOf(request).LastOrDefault(effect => !effect.Lead.IsGone);
        var wasEverUnsure = request.Tries.Exists(other => other.Answer is null or { Outcome: Outcome.Unknown or Outcome.Done });
        Broken.Unless(wasEverUnsure || effect is null, $"{request} was refused ({why}), and is there.");
        // Who knows an older lead with the identifier, that was removed elsewhere, does not know this one.
        var isMisled = why is LeadRefusal.AlreadyExists && hadDoubles;
        if (why is not LeadRefusal.Busy && !isMisled) Broken.Unless(effect is null || effect.At >= sent.From, $"{request} was refused ({why}), although it was there already.");

        var campaign = _model.Campaign(request.CampaignId);
        switch (why)
        {
            case LeadRefusal.Busy:
                Broken.Unless(!isCalm, $"{request} was refused as busy, though nothing was wrong.");
                break;
            case LeadRefusal.Ended:
                Broken.Unless(request.Order is null || request.IsForPoints, $"{request} was told of an end, and is not about points.");
                Broken.Unless(campaign.Between(sent.From, to).Contains(CampaignStatus.Ended), $"{request} was told that the campaign had ended.");
                break;
            case LeadRefusal.Locked:
                Broken.Unless(campaign.Between(sent.From, to).Contains(CampaignStatus.Locked), $"{request} was told that the campaign was locked.");
                break;
            case LeadRefusal.LeadNotFound:
                // The answer under its key was lost, and its lead is gone since.
                if (request.Key is not null && _model.EffectsOf(request).Any(made => made.Lead.IsGoneBy(to))) break;
                Broken.Unless(request.MustExist || request.LeadId is not null, $"{request} was told that there is no lead.");
                Broken.Unless(WasMissing(request, sent.From, to), $"{request} was told that there is no lead.");
                break;
            case LeadRefusal.AlreadyExists:
                Broken.Unless(effect is null || effect.At >= to || isMisled, $"{request} was told that its lead exists, which it made itself.");
                CheckExists(request, sent, answer.LeadId, to);
                break;
            default:
                throw new BrokenPromiseException($"{request} was refused: {why}.");
        }
    }

    private bool WasMissing(ClientRequest request, int from, int to)
    {
        if (request.LeadId is { } id)
            return !_model.Leads.TryGetValue(id, out var lead) || lead.CampaignId != request.CampaignId || lead.Steps[0].At >= from || lead.IsGoneBy(to);
        return (request.IdentifyingEmail is not { } email || _model.WasFreeBetween(new IdentifierKey(request.CampaignId, IdentifierKind.Email, email), from, to))
            && (request.IdentifyingPhone is not { } phone || _model.WasFreeBetween(new IdentifierKey(request.CampaignId, IdentifierKind.Phone, phone), from, to));
    }

    private void CheckExists(ClientRequest request, Try<Answer> sent, long? leadId, int to)
    {
        Broken.Unless(request.MustBeNew, $"{request} was told that its lead exists, which it did not mind.");
        var key = request.IdentifyingEmail is { } email
            ? new IdentifierKey(request.CampaignId, IdentifierKind.Email, email)
            : new IdentifierKey(request.CampaignId, IdentifierKind.Phone, request.IdentifyingPhone!);
        var owners = _model.OwnersBetween(key, 0, to).Where(lead => MayLinger(lead, sent.From, sent.FromMoment));
        Broken.Unless(
            owners.Any(lead => leadId is null || lead.Id == leadId),
            $"{request} was told that lead {leadId} exists, and nobody of that name was there.");
    }

    private void CheckAnswer(Question question)
    {
        if (question.Try is not { Answer: { } reply, To: { } to, From: var from }) return;
        if (reply.Refusal is LeadRefusal.Busy)
        {
            Broken.Unless(!isCalm, $"The look-up of {question} was refused as busy, though nothing was wrong.");
            return;
        }

        if (!reply.Succeeded)
        {
            Broken.Unless(reply.Refusal is LeadRefusal.LeadNotFound && WasMissing(question, from, to), $"The look-up of {question} was refused: {reply.Refusal}.");
            return;
        }

        var named = Named(question, to).FirstOrDefault(lead => lead.Id == reply.Lead.Id);
        Broken.Unless(
            named is not null && MayLinger(named, from, question.Try.FromMoment),
            $"The look-up of {question} told of lead {reply.Lead.Id}, which it does not name.");
        CheckState(reply.Lead, hadDoubles ? 0 : LastAcknowledged(named, question.Try.FromMoment), to, $"the look-up of {question}");
        CheckStanding(named, reply.Standing, question.Try.FromMoment, to, $"the look-up of {question}");
    }

    private IEnumerable<ModelLead> Named(Question question, int to)
    {
        if (question.Kind is { } kind) return _model.OwnersBetween(new IdentifierKey(question.CampaignId, kind, question.Value!), 0, to);
        return _model.Leads.Values.Where(lead => lead.Id == question.LeadId && lead.CampaignId == question.CampaignId && lead.Steps[0].At < to);
    }

    private bool WasMissing(Question question, int from, int to) => question.Kind is { } kind
        ? _model.WasFreeBetween(new IdentifierKey(question.CampaignId, kind, question.Value!), from, to)
        : !Named(question, from).Any(lead => !lead.IsGoneBy(to));

    private void CheckStanding(ModelLead lead, Standing standing, int fromMoment, int to, string where)
    {
        var campaign = _model.Campaign(lead.CampaignId);
        var counts = campaign.CountsBetween(hadDoubles ? 0 : LastAcknowledged(campaign, fromMoment), to).ToList();
        Broken.Unless(counts.Contains(standing.LeadCount), $"{where} told of {standing.LeadCount} leads: there were {string.Join(", ", counts)}.");

        var worth = Worth.Of(_model.SettingsOf(lead.CampaignId), standing.Score);
        Broken.Unless(standing.ContestScore == worth, $"{where} told of {standing}, which is worth {worth}.");
        if (lead.IsGoneBy(to)) return;
        var earliest = hadDoubles ? 0 : LastAcknowledgedScore(lead, fromMoment);
        var scores = lead.Scores.Where(score => score.At < to).Skip(earliest).Select(score => score.Score);
        Broken.Unless(
            (earliest == 0 && standing.Score == new LeadScore()) || scores.Contains(standing.Score),
            $"{where} told of {standing.Score}: it was {string.Join(", ", lead.Scores.Where(score => score.At < to).Skip(earliest))}.");
    }
}
