using System.Collections.Immutable;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>
/// What the dialect calls the kinds of events. The vendor's pages name one of them; the others are ours, after its example.
/// </summary>
internal static class WebhookEvents
{
    private static readonly ImmutableArray<(EventKind Kind, string Name)> Known =
    [
        (EventKind.Signup, "lead.created"),
        (EventKind.Removed, "lead.removed"),
        (EventKind.Tagged, "lead.tag_changed"),
        (EventKind.OptedOut, "lead.opted_out"),
        (EventKind.LinkClicked, "lead.link_clicked"),
        (EventKind.DoNotContact, "dnc.created"),
    ];

    public static string Names => string.Join(", ", Known.Select(known => known.Name));

    /// <returns>Null when the dialect knows of no such event.</returns>
    public static string? NameOf(EventKind kind) => Known.FirstOrDefault(known => known.Kind == kind).Name;

    /// <returns>Null when there is no such event.</returns>
    public static EventKind? KindOf(string name)
    {
        foreach (var known in Known)
        {
            if (known.Name == name) return known.Kind;
        }

        return null;
    }

    /// <summary>What a subscription wants to be told.</summary>
    public static IEnumerable<string> NamesOf(Subscription subscription) =>
        Known.Where(known => subscription.Wants(known.Kind)).Select(known => known.Name);
}
