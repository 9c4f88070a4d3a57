using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Admin;

/// <summary>Shows and changes the webhooks of an account, what could not be delivered, and what was told of a lead.</summary>
internal static class AdminWebhooks
{
    private const int MaxLimit = 1_000;
    private const int MaxUrlLength = 2_048;

    public static readonly Fault NotFound = new(StatusCodes.Status404NotFound, "webhook_not_found", "There is no such webhook.");

    public static async Task<IResult> List(long id, IGrainFactory grains)
    {
        var webhooks = await Webhooks(grains, id).List();
        return AdminAccounts.Answer(StatusCodes.Status200OK, new WebhookList([.. webhooks.Select(webhook => WebhookAnswer.From(webhook, null))]));
    }

    public static async Task<IResult> Create(long id, HttpRequest request, IGrainFactory grains)
    {
        var body = await AdminBody.Read<NewWebhookBody>(request);
        if (!body.IsGood) return new FaultResult(body.Fault);
        var read = Read(body.Value);
        if (!read.IsGood) return new FaultResult(read.Fault);

        var added = await Webhooks(grains, id).Add(read.Value with { AccountId = id });
        return added is null
            ? new FaultResult(body.Value.CampaignId is null ? AdminFaults.AccountNotFound : AdminFaults.CampaignNotFound)
            : AdminAccounts.Answer(StatusCodes.Status201Created, WebhookAnswer.From(added, WebhookNames.ShowSecret(added)));
    }

    public static async Task<IResult> Change(long id, long webhookId, HttpRequest request, IGrainFactory grains)
    {
        var body = await AdminBody.Read<WebhookPatchBody>(request);
        if (!body.IsGood) return new FaultResult(body.Fault);
        var kinds = body.Value.Events is { } events ? WebhookNames.KindsOf(events) : 0;
        if (kinds is null) return Invalid("events", WebhookNames.WrongEvents);
        if (body.Value.Url is { } url && !IsUrl(url)) return Invalid("url", WrongUrl);

        var webhooks = Webhooks(grains, id);
        if ((await webhooks.List()).FirstOrDefault(webhook => webhook.Id == webhookId) is not { } known) return new FaultResult(NotFound);
        var changed = await webhooks.Change(known with
        {
            Url = body.Value.Url ?? known.Url,
            Kinds = body.Value.Events is null ? known.Kinds : kinds.Value,
            DisabledFor = body.Value.Enabled switch
            {
                true => null,
                false => known.DisabledFor ?? "Disabled by the administration.",
                null => known.DisabledFor,
            },
        });
        return changed is null ? new FaultResult(NotFound) : AdminAccounts.Answer(StatusCodes.Status200OK, WebhookAnswer.From(changed, null));
    }

    public static async Task<IResult> Delete(long id, long webhookId, IGrainFactory grains) =>
        await Webhooks(grains, id).Remove(webhookId) ? TypedResults.NoContent() : new FaultResult(NotFound);

    public static async Task<IResult> ListDead(long id, long webhookId, IGrainFactory grains, long after = 0, int limit = 100)
    {
        if (limit is < 1 or > MaxLimit) return Invalid("limit", $"limit must be from 1 to {MaxLimit}.");
        var dead = await Webhooks(grains, id).ListDead(webhookId, after, limit);
        long? next = dead.Length == limit ? dead[^1].Delivery.Id : null;
        return AdminAccounts.Answer(StatusCodes.Status200OK, new DeadLetterList([.. dead.Select(DeadLetterAnswer.From)], next));
    }

    public static async Task<IResult> Replay(long id, long webhookId, HttpRequest request, IGrainFactory grains)
    {
        var body = await AdminBody.Read<ReplayBody>(request);
        if (!body.IsGood) return new FaultResult(body.Fault);
        var ids = body.Value.Ids is { } some ? some.ToImmutableArray() : [];
        var replayed = body.Value.Ids is { Length: 0 } ? 0 : await Webhooks(grains, id).Replay(webhookId, ids);
        return AdminAccounts.Answer(StatusCodes.Status200OK, new ReplayAnswer(replayed));
    }

    public static async Task<IResult> ListLog(long id, long leadId, IGrainFactory grains, int limit = 100)
    {
        if (limit is < 1 or > MaxLimit) return Invalid("limit", $"limit must be from 1 to {MaxLimit}.");
        var log = await Webhooks(grains, id).ListLog(leadId, limit);
        return AdminAccounts.Answer(StatusCodes.Status200OK, new DeliveryLog([.. log.Select(LoggedDelivery.From)]));
    }

    private const string WrongUrl = "url must be an absolute http or https address of at most 2048 characters.";

    private static Checked<Subscription> Read(NewWebhookBody body)
    {
        if (WebhookNames.ChannelOf(body.Channel) is not { } channel) return Wrong("channel", "channel must be kickofflabs, aktify or sendkit.");
        if (!IsUrl(body.Url)) return Wrong("url", WrongUrl);
        if (WebhookNames.KindsOf(body.Events) is not { } kinds) return Wrong("events", WebhookNames.WrongEvents);
        if (body.Name is { Length: > AdminRules.MaxNameLength }) return Wrong("name", $"name must have at most {AdminRules.MaxNameLength} characters.");
        if (body.Retries is < 0 or > 10) return Wrong("retries", "retries must be from 0 to 10.");
        if (body.TimeoutMs is < 1_000 or > 30_000) return Wrong("timeout_ms", "timeout_ms must be from 1000 to 30000.");
        return new Subscription
        {
            AccountId = 0,
            CampaignId = body.CampaignId,
            Channel = channel,
            Url = body.Url,
            Kinds = kinds,
            Secret = WebhookNames.NewSecret(channel),
            Name = body.Name,
            Retries = body.Retries,
            TimeoutMs = body.TimeoutMs ?? 10_000,
        };
    }

    private static bool IsUrl([NotNullWhen(true)] string? url) => url is { Length: <= MaxUrlLength } && WebAddress.InAscii(url) is not null;

    private static IWebhookGrain Webhooks(IGrainFactory grains, long accountId) => grains.GetGrain<IWebhookGrain>(accountId);

    private static Fault Wrong(string name, string message) => AdminFaults.Invalid([new FaultDetail(name, "invalid_member", message)]);

    private static FaultResult Invalid(string name, string message) => new(Wrong(name, message));
}

/// <summary>What the administration calls channels and kinds of events, and how secrets are made and shown.</summary>
internal static class WebhookNames
{
    public static readonly string WrongEvents = $"events must name at least one of {string.Join(", ", Enum.GetValues<EventKind>().Select(NameOf))}.";

    public static string NameOf(EventKind kind) => JsonNamingPolicy.SnakeCaseLower.ConvertName(kind.ToString());

    public static string NameOf(Channel channel) => channel.ToString().ToLowerInvariant();

    /// <returns>Null when it is none that an owner can ask for.</returns>
    public static Channel? ChannelOf(string? name) => name switch
    {
        "kickofflabs" => Channel.KickoffLabs,
        "aktify" => Channel.Aktify,
        "sendkit" => Channel.SendKit,
        _ => null,
    };

    /// <returns>Null when one of them is no event, or there is none.</returns>
    public static long? KindsOf(string?[]? names)
    {
        var known = Enum.GetValues<EventKind>().ToDictionary(NameOf);
        var kinds = 0L;
        foreach (var name in names ?? [])
        {
            if (name is null || !known.TryGetValue(name, out var kind)) return null;
            kinds |= Subscription.Bit(kind);
        }
        return kinds == 0 ? null : kinds;
    }

    /// <summary>A new secret. Two of the vendors have texts for keys: so it is a text there.</summary>
    public static ImmutableArray<byte> NewSecret(Channel channel)
    {
        var random = RandomNumberGenerator.GetBytes(StandardWebhooks.SecretBytes);
        return channel is Channel.KickoffLabs ? [.. random] : [.. Encoding.UTF8.GetBytes(Convert.ToHexStringLower(random))];
    }

    public static string ShowSecret(Subscription webhook) => webhook.Channel is Channel.KickoffLabs
        ? StandardWebhooks.Show(webhook.Secret.AsSpan())
        : Encoding.UTF8.GetString(webhook.Secret.AsSpan());
}
