using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Leads;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>
/// Makes and deletes the webhooks of a campaign. An address has one of them: whoever makes it again adds events to it, so a repeat is
/// harmless.
/// </summary>
internal sealed class OutboundWebhookEndpoint(IGrainFactory grains, EngineCalls calls, RepeatableAnswers answers)
{
    private const int MaxUrlLength = 2_048;
    private const int MaxSourceLength = 255;
    private const int SecretBytes = 32;

    public async ValueTask<Fault?> Create(CommandRequest request)
    {
        if (request.Key is { IsGood: false } wrongKey) return wrongKey.Fault;
        if (ReadUrl(request.Parameters, out var url) is { } wrongUrl) return wrongUrl;
        if (ReadKinds(request.Parameters, out var kinds) is { } wrongEvent) return wrongEvent;
        var source = request.Parameters.Text(Parameter.WebhookSource);
        if (source?.Length > MaxSourceLength)
        {
            request.Parameters.Problems.Add(Parameter.WebhookSource, "value_too_long", $"is longer than {MaxSourceLength} characters");
        }

        if (request.Parameters.Problems.ToFault() is { } fault) return fault;
        return await answers.Answer(
            request.Http, StatusCodes.Status200OK, request.Key?.Value, (stamp, json) => Create(request, Webhook(stamp), json));

        Subscription Webhook(RequestStamp stamp) => new()
        {
            AccountId = request.Campaign.AccountId,
            CampaignId = request.Campaign.Id,
            Channel = Channel.KickoffLabs,
            Url = url,
            Kinds = kinds,
            Secret = ImmutableArray.Create(RandomNumberGenerator.GetBytes(SecretBytes)),
            Source = source,
            CreatedAt = stamp.ReceivedAt,
        };
    }

    public async ValueTask<Fault?> Delete(CommandRequest request)
    {
        if (request.Key is { IsGood: false } wrongKey) return wrongKey.Fault;
        if (ReadUrl(request.Parameters, out var url) is { } wrongUrl) return wrongUrl;
        return await answers.Answer(
            request.Http, StatusCodes.Status200OK, request.Key?.Value, (_, json) => Delete(request, url, json));
    }

    private async ValueTask<Fault?> Create(CommandRequest request, Subscription wanted, Utf8JsonWriter json)
    {
        var webhooks = Webhooks(request);
        var made = await calls.UntilHeard(_ => AddOrExtend(webhooks, wanted), request.Deadline);
        if (made is null) return KickoffLabsFaults.CampaignNotFound;

        json.WriteStartObject();
        json.WriteString("message"u8, "Webhook Created"u8);
        json.WriteNumber("referenceId"u8, made.Id);
        json.WriteStartArray("events"u8);
        foreach (var name in WebhookEvents.NamesOf(made)) json.WriteStringValue(name);
        json.WriteEndArray();
        json.WriteString("secret"u8, $"whsec_{Convert.ToBase64String(made.Secret.AsSpan())}");
        json.WriteEndObject();
        return null;
    }

    private static async Task<Subscription?> AddOrExtend(IWebhookGrain webhooks, Subscription wanted) =>
        (await webhooks.List()).FirstOrDefault(webhook => IsSame(webhook, wanted.CampaignId, wanted.Url)) is { } known
            ? await webhooks.Change(known with { Kinds = known.Kinds | wanted.Kinds, DisabledFor = null })
            : await webhooks.Add(wanted);

    private async ValueTask<Fault?> Delete(CommandRequest request, string url, Utf8JsonWriter json)
    {
        var webhooks = Webhooks(request);
        var found = (await calls.UntilHeard(_ => webhooks.List(), request.Deadline))
            .Where(webhook => IsSame(webhook, request.Campaign.Id, url)).ToList();
        if (found.Count == 0) return KickoffLabsFaults.WebhookNotFound;
        foreach (var webhook in found) await calls.UntilHeard(_ => webhooks.Remove(webhook.Id), request.Deadline);
        Messages.Write(json, "Webhook Deleted");
        return null;
    }

    private IWebhookGrain Webhooks(CommandRequest request) => grains.GetGrain<IWebhookGrain>(request.Campaign.AccountId);

    private static bool IsSame(Subscription webhook, long? campaignId, string url) =>
        webhook.Channel is Channel.KickoffLabs && webhook.CampaignId == campaignId && webhook.Url == url;

    private static Fault? ReadUrl(ParameterSet parameters, out string url)
    {
        url = parameters.Text(Parameter.Url)?.Trim() ?? "";
        if (url.Length == 0) return parameters.Problems.ToFault() ?? CommandFaults.NoUrl;
        return url.Length <= MaxUrlLength && WebAddress.InAscii(url) is not null ? null : CommandFaults.WrongUrl;
    }

    private static Fault? ReadKinds(ParameterSet parameters, out long kinds)
    {
        var names = parameters.Texts(Parameter.Event, Parameter.Events);
        kinds = WebhookEvents.BitsOf(names) ?? 0;
        if (parameters.Problems.ToFault() is { } fault) return fault;
        if (names.Count == 0) return CommandFaults.NoEvent;
        return kinds == 0 ? CommandFaults.WrongEvent : null;
    }
}
