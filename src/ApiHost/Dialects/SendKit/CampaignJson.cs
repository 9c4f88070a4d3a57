using System.Text.Json;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Writes campaigns and their leads.</summary>
internal static class CampaignJson
{
    // This engine sends no mail.
    private static readonly string[] MailStats = ["sent", "delivered", "opened", "clicked", "replied", "bounced", "unsubscribed"];

    /// <summary>Writes the members of a campaign, without the braces.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Campaign campaign, ObjectIds ids)
    {
        json.WriteString("_id"u8, ids.Encode(ObjectKind.Campaign, campaign.Id));
        json.WriteString("name"u8, campaign.Settings.Name);
        json.WriteNull("userId"u8);
        json.WriteString("workspaceId"u8, ids.Encode(ObjectKind.Workspace, campaign.AccountId));
        json.WriteString("status"u8, CampaignStates.Of(campaign));
        json.WriteStartObject("settings"u8);
        json.WriteBoolean("skipDNC"u8, campaign.Settings.SkipDoNotContact);
        json.WriteEndObject();
        json.WriteStartObject("stats"u8);
        foreach (var stat in MailStats) json.WriteNumber(stat, 0);
        json.WriteEndObject();
    }

    /// <summary>Writes a lead of a campaign.</summary>
    public static void Write(Utf8JsonWriter json, Member member, Campaign campaign, ObjectIds ids)
    {
        json.WriteStartObject();
        WriteMembers(json, member, campaign, ids);
        json.WriteEndObject();
    }

    /// <summary>Writes the members of a lead of a campaign, without the braces.</summary>
    public static void WriteMembers(Utf8JsonWriter json, Member member, Campaign campaign, ObjectIds ids)
    {
        json.WriteString("_id"u8, ids.Encode(ObjectKind.Lead, member.LeadId));
        json.WriteString("campaignId"u8, ids.Encode(ObjectKind.Campaign, campaign.Id));
        json.WritePropertyName("leadId"u8);
        PersonJson.WriteBrief(json, member.Person, ids);
        json.WriteString("status"u8, CampaignStates.Of(member.Status, campaign));
        json.WriteNull("aiTag"u8);
        SendKitAnswer.WriteTime(json, "addedAt"u8, member.CreatedAt);
    }
}
