using System.Net.Http.Headers;
using System.Text.Json;
using LeadEngine.ApiHost.Installation;
using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Campaigns;
using LeadEngine.Grains.Campaigns;
using LeadEngine.Storage;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>
/// Webhooks as surfaces.md A.4 has them: the payload of the lead as its owner sees it, <c>__event</c>, and a block for the event.
/// </summary>
internal sealed class WebhookWording(LeadReader leads, InstallationKeyring keyring, OwnAddress address) : IWebhookWording
{
    public Channel Channel => Channel.KickoffLabs;

    public async Task<byte[]?> Write(Delivery delivery)
    {
        if (!WebhookEvents.Has(delivery.Kind) || await leads.Read(delivery) is not { } told) return null;
        var details = JsonObjects.Details(delivery);
        var keys = await keyring.Get();
        if (await Block(delivery.Kind, details, told, keys) is not { } block) return null;
        var view = new LeadView { Campaign = told.Campaign, Keys = keys, EngineAddress = address.Get(), IsAuthorized = true };
        return JsonObjects.Write(json =>
        {
            LeadAnswer.WriteMembers(json, told.Lead, told.Standing, view);
            json.WriteString("__event"u8, WebhookEvents.NameOf(delivery.Kind));
            block(json);
        });
    }

    // The vendor has none of its own.
    public void AddHeaders(HttpRequestHeaders headers, Delivery delivery, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
    }

    // Null when there is nothing to tell after all.
    private async Task<Action<Utf8JsonWriter>?> Block(EventKind kind, JsonElement details, ToldLead told, InstallationKeys keys)
    {
        switch (kind)
        {
            case EventKind.ScoreChange:
                var (before, after) = Scores(details, told.Campaign.Settings);
                return before == after ? null : json => WriteScoreChange(json, before, after);
            case EventKind.RewardLevel:
                return Reached(told.Campaign.Settings, details) is { } level ? json => WriteRewardLevel(json, level) : null;
            case EventKind.Referral:
                return await leads.Read(told.Campaign.Id, JsonObjects.Number(details, "lead_id") ?? 0) is { Lead: { } referred }
                    ? json => WriteReferral(json, referred, keys)
                    : null;
            case EventKind.Fraudulent:
                return json => WriteFraudulent(json, details, told);
            case EventKind.Tagged:
                return json => WriteTagged(json, details);
            default:
                return static _ => { };
        }
    }

    private static void WriteScoreChange(Utf8JsonWriter json, int before, int after)
    {
        json.WriteStartObject("__score_change"u8);
        json.WriteNumber("current_contest_score"u8, after);
        json.WriteNumber("previous_contest_score"u8, before);
        json.WriteEndObject();
    }

    private static void WriteRewardLevel(Utf8JsonWriter json, RewardLevel level)
    {
        json.WriteStartObject("__reward_level"u8);
        json.WriteNumber("required_points"u8, level.RequiredPoints);
        json.WriteNumber("reward_level_id"u8, level.Id);
        json.WriteString("subject"u8, level.Subject);
        json.WriteEndObject();
    }

    private static void WriteReferral(Utf8JsonWriter json, LeadEngine.Leads.Lead referred, InstallationKeys keys)
    {
        json.WriteStartObject("__referral"u8);
        json.WriteString("email"u8, referred.Email);
        json.WriteString("social_id"u8, keys.SocialIds.Encode(referred.Id));
        json.WriteString("phone_number"u8, referred.Phone);
        json.WriteEndObject();
    }

    // What was known when it happened, else what is known of the lead.
    private static void WriteFraudulent(Utf8JsonWriter json, JsonElement details, ToldLead told)
    {
        json.WriteStartArray("__fraudulent"u8);
        if (details.TryGetProperty("reasons", out var reasons) && reasons.ValueKind is JsonValueKind.Array)
        {
            foreach (var reason in reasons.EnumerateArray()) json.WriteStringValue(reason.GetString());
        }
        else
        {
            foreach (var reason in told.Lead.Profile.FraudReasons) json.WriteStringValue(reason);
        }

        json.WriteEndArray();
    }

    private static void WriteTagged(Utf8JsonWriter json, JsonElement details)
    {
        json.WriteStartObject("__tagged"u8);
        json.WriteString("name"u8, JsonObjects.Text(details, "name"));
        json.WriteNumber("points"u8, JsonObjects.Number(details, "points") ?? 0);
        json.WriteNumber("tag_id"u8, JsonObjects.Number(details, "tag_id") ?? 0);
        json.WriteEndObject();
    }

    // The highest of the levels that the lead has reached just now.
    private static RewardLevel? Reached(CampaignSettings settings, JsonElement details)
    {
        var (before, after) = Scores(details, settings);
        return settings.RewardLevels.Where(level => level.RequiredPoints > before && level.RequiredPoints <= after).MaxBy(level => level.RequiredPoints);
    }

    private static (int Before, int After) Scores(JsonElement details, CampaignSettings settings)
    {
        var rules = new ScoreRules(settings);
        return (rules.Of(Parts("before")), rules.Of(Parts("after")));

        LeadScore Parts(string name) => details.TryGetProperty(name, out var parts) ? ScorePartsJson.Read(parts) : new();
    }
}
