using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Writes the lead payload: the fields of kickofflabs-lead-response.txt, in its order.</summary>
internal static class LeadAnswer
{
    public static void Write(Utf8JsonWriter json, Lead lead, Standing standing, LeadView view)
    {
        json.WriteStartObject();
        WriteMembers(json, lead, standing, view);
        json.WriteEndObject();
    }

    /// <summary>Writes the members of the payload, without the braces.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Lead lead, Standing standing, LeadView view)
    {
        var socialId = view.Keys.SocialIds.Encode(lead.Id);
        var urls = new LeadUrls(view, lead, socialId);
        WriteStanding(json, lead, standing, socialId, view.Campaign.Settings);
        WriteDisplay(json, lead, socialId, view);
        if (!view.SkipActions) WriteNumbers(json, "completed_actions"u8, lead.Profile.CompletedActions);
        if (!view.SkipUrls) urls.WriteLinks(json);
        if (view.ShowsPersonalData) WriteContact(json, lead);
        WriteCustomFields(json, view.ShowsPersonalData ? lead.Profile.CustomFields : view.Submitted);
        if (!view.SkipUrls && view.ShowsPersonalData) urls.WriteUnsubscribe(json);
        if (view.ShowsPersonalData) WriteAccountData(json, lead);
        WriteReferrals(json, standing.Score, view.Campaign.Settings);
        json.WriteNumber("subscription_number"u8, lead.Rank);
        if (view.IsAuthorized) WriteOrigin(json, lead.Profile);
    }

    private static void WriteStanding(Utf8JsonWriter json, Lead lead, Standing standing, string socialId, CampaignSettings settings)
    {
        json.WriteNumber("id"u8, lead.Id);
        json.WriteString("social_id"u8, socialId);
        json.WriteNumber("rank"u8, lead.Rank);
        json.WriteNumber("counter"u8, lead.Counter);
        json.WriteNumber("lead_count"u8, standing.LeadCount + settings.JumpStart);
        json.WriteNumber("contest_score"u8, standing.ContestScore);
        json.WriteNumber("contest_score_rank"u8, standing.ScoreRank);
        json.WriteNumber("contest_score_rank_relative_position"u8, standing.ScoreRank - 1);
        json.WriteNumber("rank_relative_position"u8, lead.Rank - 1);
        json.WriteNumber("campaign_id"u8, lead.CampaignId);
        json.WriteNumber("list_id"u8, lead.CampaignId);
    }

    private static void WriteDisplay(Utf8JsonWriter json, Lead lead, string socialId, LeadView view)
    {
        var profile = lead.Profile;
        json.WriteString("given_name"u8, profile.FirstName);
        json.WriteString("first_name"u8, profile.FirstName);
        json.WriteString("avatar"u8, Avatar.Of(view.ShowsPersonalData && lead.Email is { } email ? email : socialId));
        WriteTime(json, "when"u8, lead.CreatedAt);
        json.WriteBoolean("enhanced"u8, true);
        json.WriteBoolean("anonymous"u8, lead.Email is null && lead.Phone is null);
        json.WriteBoolean("verified"u8, profile.VerifiedEmail || profile.VerifiedPhone);
        json.WriteBoolean("verified_email"u8, profile.VerifiedEmail);
        json.WriteBoolean("verified_phone_number"u8, profile.VerifiedPhone);
        json.WriteBoolean("waitlisted"u8, profile.Waitlisted);
        json.WriteString("display_name"u8, DisplayName(lead, socialId, view));
    }

    private static string? DisplayName(Lead lead, string socialId, LeadView view)
    {
        if (lead.Profile.FirstName is { } firstName) return firstName;
        if (!view.ShowsPersonalData) return socialId;
        return lead.Email is { } email ? email[..email.IndexOf('@', StringComparison.Ordinal)] : null;
    }

    private static void WriteContact(Utf8JsonWriter json, Lead lead)
    {
        json.WriteString("email"u8, lead.Email);
        json.WriteString("phone_number"u8, lead.Phone);
        json.WriteString("family_name"u8, lead.Profile.LastName);
    }

    private static void WriteCustomFields(Utf8JsonWriter json, ImmutableArray<CustomField> fields)
    {
        json.WriteStartObject("custom_fields"u8);
        foreach (var field in fields)
        {
            if (field.Json == "null") continue; // Sent to remove the field.
            json.WritePropertyName(field.Name);
            json.WriteRawValue(field.Json, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static void WriteAccountData(Utf8JsonWriter json, Lead lead)
    {
        var profile = lead.Profile;
        json.WriteString("uid"u8, profile.Uid);
        if (lead.ParentId is { } parentId) json.WriteNumber("parent_id"u8, parentId);
        else json.WriteNull("parent_id"u8);
        json.WriteBoolean("opted_out"u8, profile.OptedOut);
        json.WriteBoolean("sms_opted_out"u8, profile.SmsOptedOut);
        json.WriteStartObject("utm"u8);
        foreach (var parameter in profile.Utm) json.WriteString(parameter.Name, parameter.Value);
        json.WriteEndObject();
        json.WriteStartArray("tags"u8);
        foreach (var tag in profile.Tags) json.WriteStringValue(tag);
        json.WriteEndArray();
    }

    // A campaign that verifies nobody has no verified referrals rather than none: the example shows null there.
    private static void WriteReferrals(Utf8JsonWriter json, LeadScore score, CampaignSettings settings)
    {
        var (direct, indirect) = (score.DirectReferrals + score.VerifiedReferrals, score.IndirectReferrals + score.VerifiedIndirectReferrals);
        var isVerifying = settings.VerificationRequired || settings.DoubleOptIn || settings.PhoneVerification
            || score.VerifiedReferrals + score.VerifiedIndirectReferrals > 0;
        json.WriteNumber("referrals"u8, settings.VerificationRequired ? score.VerifiedReferrals : direct);
        WritePair(json, "unverified_leads"u8, score.IndirectReferrals, score.DirectReferrals);
        WritePair(
            json, "verified_leads"u8, isVerifying ? score.VerifiedIndirectReferrals : null, isVerifying ? score.VerifiedReferrals : null);
        WritePair(json, "influence"u8, indirect, direct);
    }

    private static void WritePair(Utf8JsonWriter json, ReadOnlySpan<byte> name, int? indirect, int? direct)
    {
        json.WriteStartObject(name);
        WriteNullable(json, "indirect"u8, indirect);
        WriteNullable(json, "direct"u8, direct);
        json.WriteEndObject();
    }

    private static void WriteNullable(Utf8JsonWriter json, ReadOnlySpan<byte> name, int? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }

    private static void WriteOrigin(Utf8JsonWriter json, LeadProfile profile)
    {
        json.WriteString("ip"u8, profile.Ip);
        json.WriteString("referrer"u8, profile.Referrer);
        json.WriteBoolean("fraudulent"u8, profile.Fraudulent);
    }

    private static void WriteNumbers(Utf8JsonWriter json, ReadOnlySpan<byte> name, ImmutableArray<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers) json.WriteNumberValue(number);
        json.WriteEndArray();
    }

    private static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<char> text = stackalloc char["2025-07-15T14:29:23-04:00".Length];
        time.TryFormat(text, out var length, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }
}
