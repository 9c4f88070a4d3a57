using System.Buffers.Binary;
using System.Collections.Immutable;
using LeadEngine.Campaigns;

namespace LeadEngine.Storage;

/// <summary>
/// Remembered requests as one binary value, 24 bytes each: the id in the byte order of its text form, then the UTC ticks of its time,
/// most significant byte first.
/// </summary>
internal static class SeenRequestBytes
{
    private const int IdLength = 16;
    private const int ItemLength = IdLength + sizeof(long);

    public static byte[] Of(ImmutableArray<SeenRequest> requests)
    {
        var bytes = new byte[requests.Length * ItemLength];
        var target = bytes.AsSpan();
        foreach (var request in requests)
        {
            request.Id.TryWriteBytes(target, bigEndian: true, out _);
            BinaryPrimitives.WriteInt64BigEndian(target[IdLength..], request.ReceivedAt.UtcTicks);
            target = target[ItemLength..];
        }

        return bytes;
    }

    public static ImmutableArray<SeenRequest> Read(ReadOnlySpan<byte> bytes)
    {
        var requests = ImmutableArray.CreateBuilder<SeenRequest>(bytes.Length / ItemLength);
        for (; bytes.Length > 0; bytes = bytes[ItemLength..])
        {
            var ticks = BinaryPrimitives.ReadInt64BigEndian(bytes[IdLength..]);
            requests.Add(new SeenRequest(new Guid(bytes[..IdLength], bigEndian: true), new DateTimeOffset(ticks, TimeSpan.Zero)));
        }

        return requests.MoveToImmutable();
    }
}
