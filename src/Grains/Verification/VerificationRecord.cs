using System.Collections.Immutable;

namespace LeadEngine.Grains.Verification;

/// <summary>What is stored of what was sent to a lead.</summary>
[GenerateSerializer, Alias("grains.VerificationRecord")]
internal sealed record VerificationRecord
{
    /// <summary>The name of the state.</summary>
    public const string Name = "verification";

    [Id(0)] public SentMail? Mail { get; init; }

    [Id(1)] public IssuedCode? Code { get; init; }

    /// <summary>When nothing of this matters any more, in seconds since 1970. The store looks for it by this name.</summary>
    [Id(2)] public long ForgetAt { get; init; }
}

/// <summary>The last mail that went out.</summary>
[GenerateSerializer, Alias("grains.SentMail")]
internal sealed record SentMail([property: Id(0)] long DeliveryId, [property: Id(1)] DateTimeOffset At);

/// <summary>The last code that went out: never the code.</summary>
[GenerateSerializer, Alias("grains.IssuedCode")]
internal sealed record IssuedCode(
    [property: Id(0)] long DeliveryId,
    [property: Id(1)] ImmutableArray<byte> Salt,
    [property: Id(2)] ImmutableArray<byte> Digest,
    [property: Id(3)] DateTimeOffset Until,
    [property: Id(4)] int WrongTries);
