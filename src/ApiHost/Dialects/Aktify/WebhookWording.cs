using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Leads;
using LeadEngine.People;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>Webhooks of version 2, as surfaces.md B has them.</summary>
internal sealed class WebhookWording(LeadReader leads) : IWebhookWording
{
    private const string ApiVersion = "2026-02-09";
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    public Channel Channel => Channel.Aktify;

    public Task<byte[]?> Write(Delivery delivery) => delivery.Kind switch
    {
        EventKind.Signup => WriteLead(delivery, "campaign.lead_created", static (_, _, _) => { }),
        EventKind.LinkClicked => WriteLead(delivery, "lead.link_clicked", WriteClick),
        EventKind.DoNotContact => Task.FromResult(WriteDoNotContact(delivery)),
        _ => Task.FromResult<byte[]?>(null),
    };

    public void AddHeaders(HttpRequestHeaders headers, Delivery delivery, ReadOnlySpan<byte> body, DateTimeOffset now) =>
        headers.Add("aktify-signature", Signature(delivery.Subscription.Secret.AsSpan(), body, now));

    internal static string Signature(ReadOnlySpan<byte> secret, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var time = now.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
        var digest = HMACSHA256.HashData(secret, [.. Encoding.UTF8.GetBytes($"{time}."), .. body]);
        return $"t={time},v2={Convert.ToHexStringLower(digest)}";
    }

    // Without a phone number nobody is a lead of this dialect.
    private async Task<byte[]?> WriteLead(Delivery delivery, string type, Action<Utf8JsonWriter, Lead, Delivery> more)
    {
        if (await leads.Read(delivery) is not { Lead: var lead } || (lead.Phone ?? lead.Profile.ContactPhone) is not { } phone) return null;
        return JsonObjects.Write(json =>
        {
            WriteMetadata(json, delivery, type);
            json.WriteStartObject("data"u8);
            json.WriteString("phone"u8, phone);
            WriteIfAny(json, "externalLeadId"u8, lead.Profile.Uid);
            WriteIfAny(json, "firstName"u8, lead.Profile.FirstName);
            WriteIfAny(json, "lastName"u8, lead.Profile.LastName);
            more(json, lead, delivery);
            json.WriteEndObject();
        });
    }

    private static void WriteClick(Utf8JsonWriter json, Lead lead, Delivery delivery)
    {
        var details = JsonObjects.Details(delivery);
        WriteIfAny(json, "link"u8, lead.Profile.Link);
        WriteIfAny(json, "url"u8, JsonObjects.Text(details, "url"));
        json.WriteNumber("clicks"u8, JsonObjects.Number(details, "clicks") ?? 1);
    }

    // The list also holds addresses and domains, of which the dialect knows nothing.
    private static byte[]? WriteDoNotContact(Delivery delivery)
    {
        var details = JsonObjects.Details(delivery);
        if (JsonObjects.Number(details, "kind") != (int)DoNotContactKind.Phone) return null;
        return JsonObjects.Write(json =>
        {
            WriteMetadata(json, delivery, "dnc.created");
            json.WriteStartObject("data"u8);
            json.WriteString("phone"u8, JsonObjects.Text(details, "value"));
            json.WriteString("dncTimestamp"u8, Time(delivery.OccurredAt));
            json.WriteEndObject();
        });
    }

    private static void WriteMetadata(Utf8JsonWriter json, Delivery delivery, string type)
    {
        json.WriteStartObject("metadata"u8);
        json.WriteString("apiVersion"u8, ApiVersion);
        json.WriteString("eventType"u8, type);
        WriteIfAny(json, "campaignId"u8, delivery.CampaignId?.ToString(CultureInfo.InvariantCulture));
        json.WriteString("eventTime"u8, Time(delivery.OccurredAt));
        json.WriteEndObject();
    }

    private static void WriteIfAny(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);
}
