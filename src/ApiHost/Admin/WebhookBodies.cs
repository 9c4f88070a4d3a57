using System.Collections.Immutable;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Admin;

/// <summary>Body of <c>POST /admin/accounts/{id}/webhooks</c>.</summary>
internal sealed record NewWebhookBody(
    string? Channel, string? Url, string?[]? Events, long? CampaignId = null, string? Name = null, int? Retries = null, int? TimeoutMs = null);

/// <summary>Body of <c>PATCH /admin/accounts/{id}/webhooks/{webhookId}</c>.</summary>
internal sealed record WebhookPatchBody(string? Url = null, string?[]? Events = null, bool? Enabled = null);

/// <summary>Body of the replay of dead letters: which; all of them when none are named.</summary>
internal sealed record ReplayBody(long[]? Ids = null);

/// <summary>How many dead letters are on their way again.</summary>
internal sealed record ReplayAnswer(int Replayed);

/// <summary>An account's webhooks.</summary>
internal sealed record WebhookList(ImmutableArray<WebhookAnswer> Webhooks);

/// <summary>A webhook. Its secret is shown when it is made.</summary>
internal sealed record WebhookAnswer(
    long Id,
    string Channel,
    string Url,
    ImmutableArray<string> Events,
    long? CampaignId,
    string? Name,
    int? Retries,
    int TimeoutMs,
    bool Enabled,
    string? DisabledFor,
    DateTimeOffset CreatedAt,
    string? Secret)
{
    public static WebhookAnswer From(Subscription webhook, string? secret) => new(
        webhook.Id,
        WebhookNames.NameOf(webhook.Channel),
        webhook.Url,
        [.. Enum.GetValues<EventKind>().Where(webhook.Wants).Select(WebhookNames.NameOf)],
        webhook.CampaignId,
        webhook.Name,
        webhook.Retries,
        webhook.TimeoutMs,
        webhook.DisabledFor is null,
        webhook.DisabledFor,
        webhook.CreatedAt,
        secret);
}

/// <summary>What could not be delivered; the next page begins after <paramref name="Next"/>.</summary>
internal sealed record DeadLetterList(ImmutableArray<DeadLetterAnswer> DeadLetters, long? Next);

/// <summary>A delivery that was given up.</summary>
internal sealed record DeadLetterAnswer(
    long Id, string Event, DateTimeOffset OccurredAt, long? CampaignId, long? LeadId, long Number, int Tries, DateTimeOffset LastTry, int? Status, string? Problem)
{
    public static DeadLetterAnswer From(DeadLetter dead) => new(
        dead.Delivery.Id,
        WebhookNames.NameOf(dead.Delivery.Kind),
        dead.Delivery.OccurredAt,
        dead.Delivery.CampaignId,
        dead.Delivery.LeadId,
        dead.Delivery.Number,
        dead.Delivery.Tries,
        dead.Last.At,
        dead.Last.Status,
        dead.Last.Problem);
}

/// <summary>What was told of a lead, newest first.</summary>
internal sealed record DeliveryLog(ImmutableArray<LoggedDelivery> Deliveries);

/// <summary>A try as the log has it.</summary>
internal sealed record LoggedDelivery(
    long Id, long WebhookId, string Event, string Fate, DateTimeOffset At, DateTimeOffset? NextTry, int? Status, string? Problem, int Milliseconds)
{
    public static LoggedDelivery From(LoggedAttempt logged) => new(
        logged.Attempt.DeliveryId,
        logged.SubscriptionId,
        WebhookNames.NameOf(logged.Kind),
        System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(logged.Attempt.Fate.ToString()),
        logged.Attempt.At,
        logged.Attempt.NextTry,
        logged.Attempt.Status,
        logged.Attempt.Problem,
        logged.Attempt.Milliseconds);
}
