using System.Collections.Immutable;

namespace LeadEngine.Storage;

/// <summary>Request ids as one binary value, 16 bytes each, in the byte order of their text form.</summary>
internal static class RequestIdBytes
{
    private const int IdLength = 16;

    public static int Length(ImmutableArray<Guid> ids) => ids.IsDefault ? 0 : ids.Length * IdLength;

    public static void Write(ImmutableArray<Guid> ids, Span<byte> target)
    {
        for (var i = 0; i < ids.Length; i++) ids[i].TryWriteBytes(target[(i * IdLength)..], bigEndian: true, out _);
    }

    public static ImmutableArray<Guid> Read(ReadOnlySpan<byte> bytes)
    {
        var ids = ImmutableArray.CreateBuilder<Guid>(bytes.Length / IdLength);
        for (var at = 0; at < bytes.Length; at += IdLength) ids.Add(new(bytes.Slice(at, IdLength), bigEndian: true));
        return ids.MoveToImmutable();
    }
}
