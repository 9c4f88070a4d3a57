using System.Text.Json;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>
/// Writes an entry of the leaderboard. Strangers of a campaign that hides personal data see what they see of any lead: the first name, the
/// social id, and neither family names nor custom fields.
/// </summary>
internal static class LeaderAnswer
{
    // Nobody's initials are further down.
    private const int MaxInitialsText = 64;

    public static void Write(Utf8JsonWriter json, Leader leader, LeaderView view, LeaderboardQuery query)
    {
        var lead = leader.Lead;
        var description = DescriptionOf(lead, view, query.Description);
        json.WriteStartObject();
        json.WriteNumber("position"u8, view.Position);
        json.WriteNumber("contest_score_rank"u8, leader.ScoreRank);
        json.WriteNumber("contest_score"u8, leader.ContestScore);
        json.WriteString("social_id"u8, view.SocialId);
        json.WriteString("lead_description"u8, description);
        var identity = view.ShowsPersonalData && lead.Email is { } email ? email : view.SocialId;
        json.WriteString("avatar"u8, AvatarOf(identity, description, query));
        json.WriteBoolean("flagged"u8, view.IsFlagged);
        json.WriteEndObject();
    }

    /// <summary>By what a lead is called; those of whom nothing of the kind is known, or may be told, by their social id.</summary>
    private static string DescriptionOf(Lead lead, LeaderView view, string wanted)
    {
        var (first, last) = (lead.Profile.FirstName, view.ShowsPersonalData ? lead.Profile.LastName : null);
        var found = wanted switch
        {
            "social_id" => view.SocialId,
            "first_name" => first,
            "full_name" => string.Join(' ', new[] { first, last }.OfType<string>()),
            _ when view.ShowsPersonalData => lead.Profile.CustomFields.Where(field => field.Name == wanted).Select(TextOf).FirstOrDefault(),
            _ => null,
        };
        return string.IsNullOrWhiteSpace(found) ? view.SocialId : found;
    }

    private static string? TextOf(CustomField field)
    {
        using var value = JsonDocument.Parse(field.Json);
        return value.RootElement.ValueKind is JsonValueKind.String ? value.RootElement.GetString() : field.Json;
    }

    private static string AvatarOf(string identity, string description, LeaderboardQuery query) => query.AvatarDefault switch
    {
        "icon" => Avatar.Of(identity, "mp"),
        "ui" => Avatar.Of(identity, Uri.EscapeDataString($"https://ui-avatars.com/api/{Uri.EscapeDataString(Start(description))}/600")),
        _ => Avatar.Of(identity),
    };

    private static string Start(string text) => text.Length <= MaxInitialsText ? text : text[..MaxInitialsText];
}

/// <summary>Who looks at an entry of the leaderboard, and which it is.</summary>
/// <param name="Position">1 for the first, 2 for the next, also where they share a rank.</param>
/// <param name="SocialId">The lead's social id.</param>
/// <param name="IsFlagged">It is the lead that was asked for.</param>
/// <param name="ShowsPersonalData">Whether personal data may be shown.</param>
internal readonly record struct LeaderView(int Position, string SocialId, bool IsFlagged, bool ShowsPersonalData);
