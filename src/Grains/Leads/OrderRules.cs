using System.Text.Json;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Webhooks;

namespace LeadEngine.Grains.Leads;

/// <summary>What commands make of a lead. One that finds the lead as it shall be changes nothing.</summary>
internal static class OrderRules
{
    /// <summary>The reason that is told of a lead which its campaign's owner flagged.</summary>
    public const string BlockedByOwner = "blocked";

    public static LeadEffect CarryOut(Lead lead, LeadCommand command) => command.Order switch
    {
        LeadOrder.OptOut => OptOut(lead),
        LeadOrder.OptIn => Become(lead, lead.Profile with { OptedOut = false, SmsOptedOut = false }),
        LeadOrder.Verify => Become(lead, HasEmail(lead) ? lead.Profile with { VerifiedEmail = true } : lead.Profile with { VerifiedPhone = true }),
        LeadOrder.VerifyPhone => Become(lead, lead.Profile with { VerifiedPhone = true }),
        LeadOrder.Approve => Become(lead, lead.Profile with { Fraudulent = false, FraudReasons = [] }) with { IsReview = true },
        LeadOrder.Block => Block(lead),
        LeadOrder.Waitlist => Become(lead, lead.Profile with { Waitlisted = true }),
        LeadOrder.Unwaitlist => Become(lead, lead.Profile with { Waitlisted = false }),
        LeadOrder.Tag => GiveTag(lead, command.Tag ?? throw new ArgumentException("A command to give a tag names one.", nameof(command))),
        LeadOrder.CompleteAction => CompleteAction(lead, command.ActionId),
        LeadOrder.GivePoints => new LeadEffect(lead) { IsChange = command.Points != 0, Points = command.Points, OnlyWhileOpen = true },
        _ => throw new ArgumentOutOfRangeException(nameof(command), command.Order, "No lead is changed so."),
    };

    // Who has been told of by text messages only is sent none any more.
    private static LeadEffect OptOut(Lead lead)
    {
        var effect = Become(lead, lead.Profile with { OptedOut = true, SmsOptedOut = lead.Profile.SmsOptedOut || !HasEmail(lead) });
        return lead.Profile.OptedOut ? effect : effect with { Events = [new EventNote(EventKind.OptedOut)] };
    }

    private static LeadEffect Block(Lead lead) => lead.Profile.Fraudulent
        ? LeadEffect.None(lead)
        : Become(lead, lead.Profile with { Fraudulent = true, FraudReasons = [BlockedByOwner] }) with
        {
            IsReview = true,
            Events = [new EventNote(EventKind.Fraudulent, JsonSerializer.Serialize(new { reasons = (string[])[BlockedByOwner] }))],
        };

    private static LeadEffect GiveTag(Lead lead, LeadTag tag)
    {
        var given = Tagging.Missing(lead.Profile, [tag]);
        return given.IsEmpty
            ? LeadEffect.None(lead)
            : Become(lead, lead.Profile with { Tags = Tagging.Names(lead.Profile.Tags, given) }) with
            {
                Earned = Tagging.Earned(given),
                Events = [Tagging.Note(tag)],
            };
    }

    private static LeadEffect CompleteAction(Lead lead, long actionId) => lead.Profile.CompletedActions.Contains(actionId)
        ? LeadEffect.None(lead)
        : Become(lead, lead.Profile with { CompletedActions = lead.Profile.CompletedActions.Add(actionId) }) with
        {
            Earned = [actionId],
            OnlyWhileOpen = true,
        };

    private static LeadEffect Become(Lead lead, LeadProfile profile) =>
        profile == lead.Profile ? LeadEffect.None(lead) : new(lead with { Profile = profile });

    private static bool HasEmail(Lead lead) => lead.Email is not null || lead.Profile.ContactEmail is not null;
}
