using System.Text.Json;
using LeadEngine.Campaigns;

namespace LeadEngine.Storage;

/// <summary>What a score is made of, as the details of events have it. Members that are missing are 0, false or empty.</summary>
public static class ScorePartsJson
{
    /// <summary>Reads what is in the details of an event.</summary>
    public static LeadScore Read(JsonElement parts) => new()
    {
        Points = Number(parts, "points"u8),
        DirectReferrals = Number(parts, "direct"u8),
        IndirectReferrals = Number(parts, "indirect"u8),
        VerifiedReferrals = Number(parts, "verified_direct"u8),
        VerifiedIndirectReferrals = Number(parts, "verified_indirect"u8),
        IsExcluded = parts.TryGetProperty("excluded"u8, out var excluded) && excluded.ValueKind is JsonValueKind.True,
        Earned = parts.TryGetProperty("earned"u8, out var earned) && earned.ValueKind is JsonValueKind.Array
            ? [.. earned.EnumerateArray().Select(id => id.GetInt64())]
            : [],
    };

    internal static void Write(Utf8JsonWriter json, LeadScore score)
    {
        json.WriteStartObject();
        json.WriteNumber("points"u8, score.Points);
        json.WriteNumber("direct"u8, score.DirectReferrals);
        json.WriteNumber("indirect"u8, score.IndirectReferrals);
        json.WriteNumber("verified_direct"u8, score.VerifiedReferrals);
        json.WriteNumber("verified_indirect"u8, score.VerifiedIndirectReferrals);
        json.WriteBoolean("excluded"u8, score.IsExcluded);
        json.WriteStartArray("earned"u8);
        foreach (var id in score.Earned) json.WriteNumberValue(id);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static int Number(JsonElement parts, ReadOnlySpan<byte> name) => parts.TryGetProperty(name, out var number) ? number.GetInt32() : 0;
}
