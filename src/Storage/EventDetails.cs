using System.Buffers;
using System.Text;
using System.Text.Json;
using LeadEngine.Campaigns;
using LeadEngine.People;
using LeadEngine.Webhooks;

namespace LeadEngine.Storage;

/// <summary>What the store itself has to say of events, beside the lead: JSON objects, as PostgreSQL makes them by statements.</summary>
internal static class EventDetails
{
    public static EventNote Referral(long leadId) => new(EventKind.Referral, OfLead(leadId));

    public static EventNote Removed(long leadId) => new(EventKind.Removed, OfLead(leadId));

    public static EventNote LinkClicked(string code, string url, long clicks) => new(EventKind.LinkClicked, Write(json =>
    {
        json.WriteString("code"u8, code);
        json.WriteString("url"u8, url);
        json.WriteNumber("clicks"u8, clicks);
    }));

    public static EventNote DoNotContact(DoNotContact entry) => new(EventKind.DoNotContact, Write(json =>
    {
        json.WriteNumber("kind"u8, (int)entry.Kind);
        json.WriteString("value"u8, entry.Value);
        json.WriteString("reason"u8, entry.Reason);
    }));

    /// <summary>A score changed, which may also lead to a reward.</summary>
    public static EventNote[] Scores(LeadScore before, LeadScore after)
    {
        var details = Write(json =>
        {
            json.WritePropertyName("before"u8);
            ScorePartsJson.Write(json, before);
            json.WritePropertyName("after"u8);
            ScorePartsJson.Write(json, after);
        });
        return [new(EventKind.ScoreChange, details), new(EventKind.RewardLevel, details)];
    }

    private static string OfLead(long leadId) => Write(json => json.WriteNumber("lead_id"u8, leadId));

    private static string Write(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartObject();
        members(json);
        json.WriteEndObject();
        json.Flush();
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
