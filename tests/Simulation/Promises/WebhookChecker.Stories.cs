using System.Text.Json;
using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Store;
using LeadEngine.Storage;
using LeadEngine.Webhooks;

namespace LeadEngine.Simulation.Promises;

/// <summary>What has to become of an event: it is delivered, or there is a reason why not.</summary>
internal sealed partial class WebhookChecker
{
    // As the documentation has it.
    private const int Retries = 9;
    private const int AktifyRetries = 4;

    private void CheckStory(EventStory story)
    {
        foreach (var (before, after) in story.Posts.Zip(story.Posts.Skip(1))) CheckRepeat(story, before, after);
        foreach (var settled in story.Settled) CheckFate(story, settled);
        Broken.Unless(story.IsOver || story.DroppedAt is not null, $"Nothing came of {story}.");
        if (story.DroppedAt is not null || story.Settled[^1].Attempt.Fate is not (Fate.GivenUp or Fate.Refused)) return;
        Broken.Unless(database.Undelivered.Any(row => row.Id == story.Row.Id), $"{story} was given up, and is not among the dead letters.");
    }

    /// <summary>An event is sent again when its last try failed, and when that is over.</summary>
    private void CheckRepeat(EventStory story, Posted before, Posted after)
    {
        Broken.Unless(!(before.EndedAt > after.SentAt), $"{story} was sent again while another try was under way: {after}.");
        var mayBeUnnoted = !isCalm || story.WasReplayed;
        Broken.Unless(!before.Succeeded || mayBeUnnoted, $"{story} was delivered, and is sent again for no reason: {after}.");
    }

    private void CheckFate(EventStory story, DeliverySettled settled)
    {
        var ended = story.Posts.Where(posted => posted.EndedAt <= settled.Time).ToList();
        switch (settled.Attempt.Fate)
        {
            case Fate.Delivered:
                Broken.Unless(ended.Exists(posted => posted.Succeeded), $"{story} is noted as delivered, and no receiver took it.");
                break;
            case Fate.Pointless:
                Broken.Unless(HasNothingToTell(story, settled), $"{story} was dropped as if there were nothing to tell.");
                break;
            default:
                var tries = story.Settled.IndexOf(settled) + 1;
                var failed = ended.Count(posted => !posted.Succeeded);
                Broken.Unless(failed >= tries, $"{story} is noted as failed {tries} times, not {failed}: {settled}.");
                CheckTries(story, settled);
                break;
        }
    }

    private static void CheckTries(EventStory story, DeliverySettled settled)
    {
        var isAktify = story.Subscription.Channel is Channel.Aktify;
        var isLast = settled.Row.Tries >= (story.Subscription.Retries ?? (isAktify ? AktifyRetries : Retries));
        var isGone = settled.Attempt.Status == 410;
        var expected = isGone || (isLast && isAktify) ? Fate.Refused : isLast ? Fate.GivenUp : Fate.TryAgain;
        Broken.Unless(settled.Attempt.Fate == expected, $"After {settled.Row.Tries + 1} tries {story} has to be {expected}: {settled}.");
    }

    /// <summary>The dialect knows of no such event, or has nothing to say of it.</summary>
    private bool HasNothingToTell(EventStory story, DeliverySettled settled) => (story.Subscription.Channel, story.Row.Kind) switch
    {
        (_, var kind) when EventWords.NameOf(story.Subscription.Channel, kind) is null => true,
        (Channel.KickoffLabs, EventKind.RewardLevel) => true, // No campaign has any.
        (Channel.KickoffLabs, EventKind.ScoreChange) => IsSameScore(story.Row),
        (Channel.KickoffLabs, EventKind.Referral) =>
            JsonObjects.Number(Details(story.Row), "lead_id") is { } id && _ledger.WasGone(id, settled.Time),
        (Channel.Aktify, not EventKind.DoNotContact) => _ledger.HadNoPhone(story.Row.LeadId!.Value),
        _ => false,
    };

    private bool IsSameScore(SimulatedDatabase.DeliveryRow row)
    {
        var (settings, details) = (testimony.Settings[row.CampaignId!.Value], Details(row));
        return Score("before") == Score("after");

        int Score(string part) => Worth.Of(settings, ScorePartsJson.Read(details.GetProperty(part)));
    }

    private static JsonElement Details(SimulatedDatabase.DeliveryRow row) => JsonSerializer.Deserialize<JsonElement>(row.Details!);
}
