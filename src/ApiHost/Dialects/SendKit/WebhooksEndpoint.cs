using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Makes, shows, changes and tries the webhooks of a workspace.</summary>
internal sealed class WebhooksEndpoint(
    IGrainFactory grains, EngineCalls calls, SendKitChanges changes, AnswerBuffers buffers, HttpSender sender, TimeProvider clock)
{
    public const string WebhookPart = "webhook_id";

    private const int SecretBytes = 32;
    private const int DefaultRetries = 3;

    public async ValueTask<Fault?> List(SendKitRequest request)
    {
        if (request.Workspace.IsBound) return SendKitFaults.BoundKey;
        var all = await All(request);
        using var answer = buffers.Rent();
        answer.Json.WriteStartObject();
        answer.Json.WriteBoolean("success"u8, true);
        answer.Json.WriteStartArray("data"u8);
        foreach (var webhook in all)
        {
            answer.Json.WriteStartObject();
            WriteMembers(answer.Json, webhook, request.Ids, withSecret: false);
            answer.Json.WriteEndObject();
        }

        answer.Json.WriteEndArray();
        answer.Json.WriteEndObject();
        await answer.Send(request.Http.Response, StatusCodes.Status200OK);
        return null;
    }

    public async ValueTask<Fault?> Create(SendKitRequest request) => request.Workspace.IsBound
        ? SendKitFaults.BoundKey
        : await changes.Answer(request, FieldLimits.BodyBytes, StatusCodes.Status201Created, (body, _, json) => Create(request, body, json));

    public async ValueTask<Fault?> Change(SendKitRequest request) => await WithWebhook(
        request,
        known => changes.Answer(request, FieldLimits.BodyBytes, StatusCodes.Status200OK, (body, _, json) => Change(request, known, body, json)));

    public async ValueTask<Fault?> Delete(SendKitRequest request) => await WithWebhook(
        request,
        known => changes.Answer(request, FieldLimits.BodyBytes, StatusCodes.Status200OK, (_, _, json) => Delete(request, known, json)));

    public async ValueTask<Fault?> Test(SendKitRequest request) => await WithWebhook(
        request,
        known => changes.Answer(request, FieldLimits.BodyBytes, StatusCodes.Status200OK, (_, _, json) => Test(request, known, json)));

    // Nobody can tell whether a first try that was not heard made it, so there is no second one.
    private async ValueTask<Fault?> Create(SendKitRequest request, JsonElement body, Utf8JsonWriter json)
    {
        var read = WebhookFields.Read(body, Blank(request.Workspace.AccountId));
        if (!read.IsGood) return read.Fault;
        if (string.IsNullOrWhiteSpace(read.Value.Name)) return SendKitFaults.Invalid("name is required");
        if (read.Value.Url.Length == 0) return SendKitFaults.Invalid("url is required");
        if (read.Value.Kinds == 0) return SendKitFaults.Invalid("events is required");

        var added = await request.Deadline.Bound(Webhooks(request).Add(read.Value));
        if (added is null) return SendKitFaults.WorkspaceNotFound;
        Write(json, added, request.Ids, withSecret: true);
        return null;
    }

    private async ValueTask<Fault?> Change(SendKitRequest request, Subscription known, JsonElement body, Utf8JsonWriter json)
    {
        var read = WebhookFields.Read(body, known);
        if (!read.IsGood) return read.Fault;
        if (await calls.UntilHeard(_ => Webhooks(request).Change(read.Value), request.Deadline) is not { } changed) return SendKitFaults.WebhookNotFound;
        Write(json, changed, request.Ids, withSecret: false);
        return null;
    }

    private async ValueTask<Fault?> Delete(SendKitRequest request, Subscription known, Utf8JsonWriter json)
    {
        await calls.UntilHeard(_ => Webhooks(request).Remove(known.Id), request.Deadline);
        SendKitAnswer.BeginObject(json);
        json.WriteBoolean("deleted"u8, true);
        SendKitAnswer.EndObject(json);
        return null;
    }

    private async ValueTask<Fault?> Test(SendKitRequest request, Subscription known, Utf8JsonWriter json)
    {
        var (id, now) = ($"evt_test_{Guid.NewGuid():N}", clock.GetUtcNow());
        var body = WebhookWording.WriteTest(id, known, now, request.Ids);
        using var message = HttpChannel.Compose(new Uri(known.Url), id, known, body, now);
        WebhookWording.AddHeaders(message.Headers, WebhookWording.TestEvent, known, body);
        var patience = TimeSpan.FromMilliseconds(Math.Min(known.TimeoutMs, Math.Max(1, request.Deadline.Left.TotalMilliseconds)));
        var outcome = await sender.Send(message, patience, request.Aborted);
        SendKitAnswer.BeginObject(json);
        json.WriteBoolean("delivered"u8, outcome.Kind is DeliveryOutcomeKind.Delivered);
        if (outcome.Status is { } status) json.WriteNumber("statusCode"u8, status);
        else json.WriteNull("statusCode"u8);
        json.WriteString("error"u8, outcome.Problem);
        SendKitAnswer.EndObject(json);
        return null;
    }

    private async ValueTask<Fault?> WithWebhook(SendKitRequest request, Func<Subscription, ValueTask<Fault?>> then)
    {
        if (request.Workspace.IsBound) return SendKitFaults.BoundKey;
        if (!request.TryReadPathId(WebhookPart, ObjectKind.Webhook, out var id)) return SendKitFaults.WebhookNotFound;
        return (await All(request)).FirstOrDefault(webhook => webhook.Id == id) is { } known ? await then(known) : SendKitFaults.WebhookNotFound;
    }

    private async Task<List<Subscription>> All(SendKitRequest request) =>
        [.. (await calls.UntilHeard(_ => Webhooks(request).List(), request.Deadline)).Where(webhook => webhook.Channel is Channel.SendKit)];

    private IWebhookGrain Webhooks(SendKitRequest request) => grains.GetGrain<IWebhookGrain>(request.Workspace.AccountId);

    private static Subscription Blank(long accountId) => new()
    {
        AccountId = accountId,
        Channel = Channel.SendKit,
        Url = "",
        Kinds = 0,
        Secret = [.. Encoding.UTF8.GetBytes(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(SecretBytes)))],
        Retries = DefaultRetries,
    };

    private static void Write(Utf8JsonWriter json, Subscription webhook, ObjectIds ids, bool withSecret)
    {
        SendKitAnswer.BeginObject(json);
        WriteMembers(json, webhook, ids, withSecret);
        SendKitAnswer.EndObject(json);
    }

    private static void WriteMembers(Utf8JsonWriter json, Subscription webhook, ObjectIds ids, bool withSecret)
    {
        json.WriteString("_id"u8, ids.Encode(ObjectKind.Webhook, webhook.Id));
        json.WriteString("name"u8, webhook.Name);
        json.WriteString("url"u8, webhook.Url);
        json.WriteStartArray("events"u8);
        foreach (var name in WebhookEvents.NamesOf(webhook)) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteNumber("retryAttempts"u8, webhook.Retries ?? DefaultRetries);
        json.WriteNumber("timeoutMs"u8, webhook.TimeoutMs);
        json.WriteBoolean("isActive"u8, webhook.DisabledFor is null);
        json.WriteString("workspaceId"u8, ids.Encode(ObjectKind.Workspace, webhook.AccountId));
        SendKitAnswer.WriteTime(json, "createdAt"u8, webhook.CreatedAt);
        if (withSecret) json.WriteString("secret"u8, Encoding.UTF8.GetString(webhook.Secret.AsSpan()));
    }
}
