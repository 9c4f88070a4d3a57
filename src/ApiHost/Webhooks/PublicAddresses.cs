using System.Net;
using System.Net.Sockets;

namespace LeadEngine.ApiHost.Webhooks;

/// <summary>
/// Which addresses belong to the internet at large: what is private, local, reserved or a cloud's own is not reached by webhooks.
/// </summary>
internal static class PublicAddresses
{
    // Special-purpose addresses as IANA registers them, and one that a cloud gives its own services though it looks public.
    private static readonly IPNetwork[] NotPublic =
    [
        .. ((string[])
        [
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
            "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32",
            "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20",
        ]).Select(IPNetwork.Parse),
    ];

    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    // An address behind which a translator reaches the IPv4 address in its last 32 bits.
    private static readonly IPNetwork Translated = IPNetwork.Parse("64:ff9b::/96");

    /// <summary>Whether an address is one of the internet at large. One that stands for another is judged by that.</summary>
    public static bool IsPublic(IPAddress address)
    {
        if (address.AddressFamily is AddressFamily.InterNetwork) return !IsNamed(address);
        if (address.AddressFamily is not AddressFamily.InterNetworkV6) return false;
        if (address.IsIPv4MappedToIPv6) return IsPublic(address.MapToIPv4());
        if (Translated.Contains(address)) return IsPublic(new IPAddress(address.GetAddressBytes().AsSpan(12)));
        return GlobalUnicast.Contains(address) && !IsNamed(address);
    }

    private static bool IsNamed(IPAddress address) => Array.Exists(NotPublic, network => network.Contains(address));
}
