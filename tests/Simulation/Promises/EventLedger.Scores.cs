using LeadEngine.Campaigns;
using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Store;
using LeadEngine.Webhooks;

namespace LeadEngine.Simulation.Promises;

/// <summary>Scores: of all that a commit does to one, only the first and the last are told.</summary>
internal sealed partial class EventLedger
{
    private void Note(ScoreSet scored)
    {
        var step = (scored.LeadId, scored.Time);
        if (_steps.TryGetValue(step, out var begun))
        {
            _steps[step] = begun with { After = scored.Score };
        }
        else
        {
            var account = Town.AccountOf(scored.CampaignId);
            _steps.Add(step, new ScoreStep(
                _scores.GetValueOrDefault(scored.LeadId, new()),
                scored.Score,
                Wanting(account, scored.CampaignId, EventKind.ScoreChange),
                Wanting(account, scored.CampaignId, EventKind.RewardLevel)));
        }

        _scores[scored.LeadId] = scored.Score;
    }

    private void ExpectScores()
    {
        foreach (var ((leadId, time), step) in _steps)
        {
            if (step.Before == step.After || (_goneAt.TryGetValue(leadId, out var gone) && gone == time)) continue;
            foreach (var id in step.ToldOfChange) Count(_expected, new Telling(id, leadId, EventKind.ScoreChange, time), 1);
            foreach (var id in step.ToldOfLevel) Count(_expected, new Telling(id, leadId, EventKind.RewardLevel, time), 1);
        }
    }

    private sealed record ScoreStep(LeadScore Before, LeadScore After, List<long> ToldOfChange, List<long> ToldOfLevel);
}
