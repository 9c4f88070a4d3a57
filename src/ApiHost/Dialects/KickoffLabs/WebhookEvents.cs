using System.Collections.Immutable;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>What the dialect calls the kinds of events (surfaces.md A.4).</summary>
internal static class WebhookEvents
{
    private static readonly ImmutableArray<(EventKind Kind, string Name)> Known =
    [
        (EventKind.Signup, "new_signup"),
        (EventKind.RepeatSignup, "repeat_signup"),
        (EventKind.ScoreChange, "score_change"),
        (EventKind.Referral, "referral"),
        (EventKind.Fraudulent, "fraudulent"),
        (EventKind.OptedOut, "opted_out"),
        (EventKind.Tagged, "tagged"),
        (EventKind.RewardLevel, "reward_level"),
    ];

    public static IEnumerable<string> Names => Known.Select(known => known.Name);

    /// <summary>Whether the dialect knows of such events.</summary>
    public static bool Has(EventKind kind) => Known.Any(known => known.Kind == kind);

    public static string NameOf(EventKind kind) => Known.First(known => known.Kind == kind).Name;

    /// <summary>The bits of some events.</summary>
    /// <returns>Null when one of them is none.</returns>
    public static long? BitsOf(IEnumerable<string> names)
    {
        var bits = 0L;
        foreach (var name in names)
        {
            var match = Known.Where(known => known.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase)).ToList();
            if (match is not [var (kind, _)]) return null;
            bits |= Subscription.Bit(kind);
        }

        return bits;
    }

    /// <summary>What a subscription wants to be told, in the dialect's order.</summary>
    public static IEnumerable<string> NamesOf(Subscription subscription) =>
        Known.Where(known => subscription.Wants(known.Kind)).Select(known => known.Name);
}
