using System.Collections.Immutable;

namespace LeadEngine.Fuzz.Requests;

/// <summary>What goes over a connection for a draft.</summary>
internal sealed record Exchange
{
    /// <summary>The bytes, in pieces between which there is a short pause.</summary>
    public required ImmutableArray<byte[]> Pieces { get; init; }

    /// <summary>How many answers have to come; any number when it is broken.</summary>
    public required int Expected { get; init; }

    public required bool IsBroken { get; init; }

    /// <summary>Whether answers have no body, whatever they say of it.</summary>
    public required bool IsHead { get; init; }

    public byte[] Bytes => [.. Pieces.SelectMany(piece => piece)];
}
