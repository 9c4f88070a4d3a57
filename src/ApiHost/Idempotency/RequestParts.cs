using System.Buffers.Binary;
using System.Security.Cryptography;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Idempotency;

/// <summary>The parts of a request that is about many leads, each a request of its own to the engine.</summary>
internal static class RequestParts
{
    /// <summary>A part of a request: the same part has the same id in every try.</summary>
    /// <param name="request">The whole request.</param>
    /// <param name="part">What tells it from other parts.</param>
    public static RequestStamp Part(this RequestStamp request, long part)
    {
        Span<byte> name = stackalloc byte[16 + sizeof(long)];
        request.Id.TryWriteBytes(name, bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(name[16..], part);
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, digest);
        return request with { Id = new Guid(digest[..16], bigEndian: true) };
    }
}
