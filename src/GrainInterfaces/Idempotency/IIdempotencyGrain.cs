using System.Collections.Immutable;

namespace LeadEngine.Idempotency;

/// <summary>
/// One idempotency key of one credential: "running" while its request runs, then the first answer for 24 hours.
/// Its key is a digest of credential and idempotency key.
/// </summary>
[Alias("idempotency.IIdempotencyGrain")]
public interface IIdempotencyGrain : IGrainWithStringKey
{
    /// <summary>Starts a request, or tells what became of an earlier one.</summary>
    /// <param name="fingerprint">A digest of the request.</param>
    [Alias("Begin")]
    Task<BeginReply> Begin(string fingerprint);

    /// <summary>Keeps the first answer. The caller sends it only after this returned true.</summary>
    /// <returns>False when the store could not keep it, or keeps another, which a repeat will get.</returns>
    [Alias("Complete")]
    Task<bool> Complete(StoredAnswer answer);

    /// <summary>
    /// The request was refused and changed nothing, or its outcome is unknown: it no longer runs, and may be tried again.
    /// </summary>
    [Alias("Abandon")]
    Task Abandon();
}

/// <summary>An answer that was given under an idempotency key.</summary>
/// <param name="Fingerprint">A digest of the request that it answers.</param>
/// <param name="LeadId">The lead that the request added or updated; 0 for an answer that is not about one lead.</param>
/// <param name="Status">HTTP status; null while the change is on disk but its answer was never sent.</param>
/// <param name="Body">The body; empty while there is no answer.</param>
[GenerateSerializer, Immutable, Alias("idempotency.StoredAnswer")]
public sealed record StoredAnswer(
    [property: Id(0)] string Fingerprint,
    [property: Id(1)] long LeadId,
    [property: Id(2)] int? Status,
    [property: Id(3)] ImmutableArray<byte> Body);

/// <summary>What a request under an idempotency key shall do.</summary>
[GenerateSerializer, Immutable, Alias("idempotency.BeginReply")]
public sealed record BeginReply
{
    /// <summary>What the caller shall do.</summary>
    [Id(0)] public required BeginOutcome Outcome { get; init; }

    /// <summary>The earlier answer, with <see cref="BeginOutcome.Replay"/> and <see cref="BeginOutcome.AnswerLost"/>.</summary>
    [Id(1)] public StoredAnswer? Answer { get; init; }

    /// <summary>With <see cref="BeginOutcome.Run"/>: an earlier try was given up, and may still arrive.</summary>
    [Id(2)] public bool IsRepeat { get; init; }
}

/// <summary>What a request under an idempotency key shall do.</summary>
public enum BeginOutcome
{
    /// <summary>Run, then call <see cref="IIdempotencyGrain.Complete"/> or <see cref="IIdempotencyGrain.Abandon"/>.</summary>
    Run,

    /// <summary>Send the earlier answer.</summary>
    Replay,

    /// <summary>The change is on disk but its answer was lost: answer with the lead as it stands, then complete.</summary>
    AnswerLost,

    /// <summary>Refuse: an earlier request under this key still runs.</summary>
    Running,

    /// <summary>Refuse: the key was used for another request.</summary>
    Mismatch,

    /// <summary>Refuse: the store is away, nothing changed.</summary>
    Busy,
}
