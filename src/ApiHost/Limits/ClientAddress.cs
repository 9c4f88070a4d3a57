using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace LeadEngine.ApiHost.Limits;

/// <summary>
/// Who counts as one client: an IPv4 address, or the /64 network of an IPv6 address, since whoever has one such address has all of them.
/// </summary>
internal static class ClientAddress
{
    // Above multicast: no network of a client begins so.
    private const long IPv4 = unchecked((long)0xFFFF_FFFF_0000_0000);

    public static long NumberOf(IPAddress? address)
    {
        if (address is null) return 0; // Not over IP.
        Span<byte> bytes = stackalloc byte[16];
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        address.TryWriteBytes(bytes, out _);
        return address.AddressFamily is AddressFamily.InterNetwork
            ? IPv4 | BinaryPrimitives.ReadUInt32BigEndian(bytes)
            : BinaryPrimitives.ReadInt64BigEndian(bytes);
    }
}
