using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using LeadEngine.ApiHost.Installation;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Campaigns;
using LeadEngine.People;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Webhooks with the headers of surfaces.md C; no page shows a body, so it is ours.</summary>
internal sealed class WebhookWording(
    Webhooks.LeadReader leads, InstallationKeyring keyring, IGrainFactory grains, EngineCalls calls, Deadlines deadlines) : IWebhookWording
{
    /// <summary>What a trial delivery says in the header that names the event.</summary>
    public const string TestEvent = "webhook.test";

    public Channel Channel => Channel.SendKit;

    public async Task<byte[]?> Write(Delivery delivery)
    {
        if (WebhookEvents.NameOf(delivery.Kind) is not { } name) return null;
        var ids = (await keyring.Get()).ObjectIds;
        var details = JsonObjects.Details(delivery);
        return await Data(delivery, details, ids) is { } data ? Write(StandardWebhooks.IdOf(delivery), name, delivery.Subscription, delivery.OccurredAt, ids, data) : null;
    }

    /// <summary>The body of a trial delivery.</summary>
    public static byte[] WriteTest(string id, Subscription subscription, DateTimeOffset now, ObjectIds ids) =>
        Write(id, TestEvent, subscription, now, ids, static json => json.WriteString("message"u8, "This is a test."));

    public void AddHeaders(HttpRequestHeaders headers, Delivery delivery, ReadOnlySpan<byte> body, DateTimeOffset now) =>
        AddHeaders(headers, WebhookEvents.NameOf(delivery.Kind)!, delivery.Subscription, body);

    public static void AddHeaders(HttpRequestHeaders headers, string name, Subscription subscription, ReadOnlySpan<byte> body)
    {
        headers.Add("X-Webhook-Event", name);
        headers.Add("X-Webhook-Signature", Convert.ToHexStringLower(HMACSHA256.HashData(subscription.Secret.AsSpan(), body)));
    }

    private static byte[] Write(
        string id, string name, Subscription subscription, DateTimeOffset at, ObjectIds ids, Action<Utf8JsonWriter> data) => JsonObjects.Write(json =>
    {
        json.WriteString("id"u8, id);
        json.WriteString("event"u8, name);
        SendKitAnswer.WriteTime(json, "timestamp"u8, at);
        json.WriteString("workspaceId"u8, ids.Encode(ObjectKind.Workspace, subscription.AccountId));
        json.WriteStartObject("data"u8);
        data(json);
        json.WriteEndObject();
    });

    // Null when there is nothing to tell any more.
    private async Task<Action<Utf8JsonWriter>?> Data(Delivery delivery, JsonElement details, ObjectIds ids)
    {
        if (delivery.Kind is EventKind.DoNotContact) return json => WriteDoNotContact(json, details);
        if (await leads.ReadCampaign(delivery) is not { } campaign) return null;
        if (delivery.Kind is EventKind.Removed) return json => WriteRemoved(json, campaign, JsonObjects.Number(details, "lead_id") ?? 0, ids);
        return await Find(campaign, delivery.LeadId ?? 0) is { } member
            ? json => WriteMember(json, member, campaign, delivery.Kind, details, ids)
            : null;
    }

    private async Task<Member?> Find(Campaign campaign, long leadId)
    {
        var query = new MemberQuery { LeadIds = [leadId], Limit = 1 };
        var found = await calls.UntilHeard(_ => grains.GetGrain<ICampaignGrain>(campaign.Id).ListMembers(query), deadlines.Start());
        return found is [{ Status: not MemberStatus.Removed } member] ? member : null;
    }

    private static void WriteMember(
        Utf8JsonWriter json, Member member, Campaign campaign, EventKind kind, JsonElement details, ObjectIds ids)
    {
        CampaignJson.WriteMembers(json, member, campaign, ids);
        if (kind is EventKind.Tagged) json.WriteString("tag"u8, JsonObjects.Text(details, "name"));
        if (kind is not EventKind.LinkClicked) return;
        json.WriteString("url"u8, JsonObjects.Text(details, "url"));
        json.WriteNumber("clicks"u8, JsonObjects.Number(details, "clicks") ?? 1);
    }

    private static void WriteRemoved(Utf8JsonWriter json, Campaign campaign, long leadId, ObjectIds ids)
    {
        json.WriteString("_id"u8, ids.Encode(ObjectKind.Lead, leadId));
        json.WriteString("campaignId"u8, ids.Encode(ObjectKind.Campaign, campaign.Id));
    }

    private static void WriteDoNotContact(Utf8JsonWriter json, JsonElement details)
    {
        json.WriteString("type"u8, (DoNotContactKind)(JsonObjects.Number(details, "kind") ?? 0) switch
        {
            DoNotContactKind.Domain => "domain",
            DoNotContactKind.Phone => "phone",
            _ => "email",
        });
        json.WriteString("value"u8, JsonObjects.Text(details, "value"));
        json.WriteString("reason"u8, JsonObjects.Text(details, "reason"));
    }
}
