using System.Text.Json;
using LeadEngine.Campaigns;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Writes what the dialect tells of a campaign. No page of the vendor's shows it, so the members are ours.</summary>
internal static class CampaignAnswer
{
    /// <summary>An entry of the list of campaigns.</summary>
    public static void Write(Utf8JsonWriter json, Campaign campaign)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, campaign.Id);
        WriteHead(json, campaign);
        json.WriteNumber("lead_count"u8, campaign.LeadCount + campaign.Settings.JumpStart);
        json.WriteString("site_url"u8, campaign.Settings.SiteUrl);
        json.WriteString("thankyou_url"u8, campaign.Settings.ThankyouUrl);
        json.WriteEndObject();
    }

    public static void WriteStats(Utf8JsonWriter json, Campaign campaign, CampaignStats stats)
    {
        json.WriteStartObject();
        json.WriteNumber("campaign_id"u8, campaign.Id);
        json.WriteNumber("list_id"u8, campaign.Id);
        WriteHead(json, campaign);
        json.WriteNumber("lead_count"u8, stats.Leads + campaign.Settings.JumpStart);
        json.WriteNumber("leads"u8, stats.Leads);
        json.WriteNumber("referred"u8, stats.Referred);
        json.WriteNumber("referred_verified"u8, stats.ReferredVerified);
        json.WriteNumber("fraudulent"u8, stats.Fraudulent);
        json.WriteNumber("highest_contest_score"u8, stats.HighestScore);
        json.WriteNumber("total_contest_score"u8, stats.TotalScore);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, CampaignAction action)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, action.Id);
        json.WriteString("name"u8, action.Name);
        json.WriteNumber("points"u8, action.Points);
        json.WriteString("action_type"u8, "custom"u8);
        json.WriteEndObject();
    }

    /// <summary>A tag as an action: it is completed by being tagged.</summary>
    public static void WriteAsAction(Utf8JsonWriter json, LeadTag tag)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, tag.Id);
        json.WriteString("name"u8, tag.Name);
        json.WriteNumber("points"u8, tag.Points);
        json.WriteString("action_type"u8, "lead_tag"u8);
        json.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter json, LeadTag tag)
    {
        json.WriteStartObject();
        json.WriteNumber("id"u8, tag.Id);
        json.WriteString("name"u8, tag.Name);
        json.WriteString("description"u8, tag.Description);
        json.WriteNumber("points"u8, tag.Points);
        json.WriteEndObject();
    }

    private static void WriteHead(Utf8JsonWriter json, Campaign campaign)
    {
        json.WriteString("name"u8, campaign.Settings.Name);
        json.WriteString("campaign_type"u8, campaign.Settings.Waitlist ? "waitlist"u8 : "contest"u8);
        json.WriteString("status"u8, StatusOf(campaign));
    }

    private static string StatusOf(Campaign campaign) => campaign switch
    {
        { Status: CampaignStatus.Ended } => "ended",
        { Status: CampaignStatus.Locked } => "locked",
        { Settings.Draft: true } => "draft",
        _ => "open",
    };
}
