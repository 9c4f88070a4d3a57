
namespace LeadEngine.Leads;

/// <summary>Which request a change comes from.</summary>
[GenerateSerializer, Immutable, Alias("leads.RequestStamp")]
public sealed record RequestStamp
{
    /// <summary>Names the request; equal for every try of it.</summary>
    [Id(0)] public required Guid Id { get; init; }

    /// <summary>When its first try was received.</summary>
    [Id(1)] public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>An earlier try may already have taken effect.</summary>
    [Id(2)] public bool IsRepeat { get; init; }

    /// <summary>The idempotency key it came with, if any.</summary>
    [Id(3)] public IdempotencyClaim? Idempotency { get; init; }
}

/// <summary>An idempotency key that is spent in the same transaction as the change it came with.</summary>
/// <param name="Key">The key of the <c>IIdempotencyGrain</c>: a digest of credential and key.</param>
/// <param name="Fingerprint">A digest of the request, so that another request under the same key is noticed.</param>
[GenerateSerializer, Immutable, Alias("leads.IdempotencyClaim")]
public sealed record IdempotencyClaim([property: Id(0)] string Key, [property: Id(1)] string Fingerprint);
