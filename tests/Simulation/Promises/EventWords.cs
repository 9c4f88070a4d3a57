using LeadEngine.Webhooks;

namespace LeadEngine.Simulation.Promises;

/// <summary>What the body of a webhook has to say of its event, as the documentation has it.</summary>
internal static class EventWords
{
    public static IEnumerable<string> Of(EventStory story)
    {
        var (channel, row) = (story.Subscription.Channel, story.Row);
        yield return $"\"{NameOf(channel, row.Kind)}\"";
        if (channel is Channel.KickoffLabs) yield return $"{{\"id\":{row.LeadId},";
        if (channel is Channel.SendKit) yield return $"\"evt_{row.Id}\"";
    }

    /// <summary>What a dialect calls an event; null when it tells of no such.</summary>
    public static string? NameOf(Channel channel, EventKind kind) => (channel, kind) switch
    {
        (Channel.KickoffLabs, EventKind.Signup) => "new_signup",
        (Channel.KickoffLabs, EventKind.RepeatSignup) => "repeat_signup",
        (Channel.KickoffLabs, EventKind.ScoreChange) => "score_change",
        (Channel.KickoffLabs, EventKind.Referral) => "referral",
        (Channel.KickoffLabs, EventKind.Fraudulent) => "fraudulent",
        (Channel.KickoffLabs, EventKind.OptedOut) => "opted_out",
        (Channel.KickoffLabs, EventKind.Tagged) => "tagged",
        (Channel.KickoffLabs, EventKind.RewardLevel) => "reward_level",
        (Channel.Aktify, EventKind.Signup) => "campaign.lead_created",
        (Channel.Aktify, EventKind.LinkClicked) => "lead.link_clicked",
        (Channel.Aktify, EventKind.DoNotContact) => "dnc.created",
        (Channel.SendKit, EventKind.Signup) => "lead.created",
        (Channel.SendKit, EventKind.Removed) => "lead.removed",
        (Channel.SendKit, EventKind.Tagged) => "lead.tag_changed",
        (Channel.SendKit, EventKind.OptedOut) => "lead.opted_out",
        (Channel.SendKit, EventKind.LinkClicked) => "lead.link_clicked",
        (Channel.SendKit, EventKind.DoNotContact) => "dnc.created",
        _ => null,
    };
}
