using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace LeadEngine.ApiHost.Webhooks;

/// <summary>
/// Connects to receivers whose every address is public, or who are named in the settings. The connection goes to the very addresses that
/// were checked, so it makes no difference what the name means a moment later.
/// </summary>
internal sealed class ReceiverGuard
{
    private readonly HashSet<string> _names;
    private readonly IPNetwork[] _networks;
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> _resolve;

    public ReceiverGuard(IOptions<WebhookOptions> options)
        : this(options.Value.AllowedHosts, static (host, cancel) => Dns.GetHostAddressesAsync(host, cancel))
    {
    }

    /// <param name="allowed">Host names and networks.</param>
    /// <param name="resolve">Finds the addresses of a name.</param>
    internal ReceiverGuard(IEnumerable<string> allowed, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        _resolve = resolve;
        _networks = [.. allowed.Select(NetworkOf).OfType<IPNetwork>()];
        _names = allowed.Where(entry => NetworkOf(entry) is null).ToHashSet(StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>Connects to a receiver.</summary>
    /// <exception cref="ForbiddenReceiverException">It is none that webhooks may reach.</exception>
    public async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken cancel)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Check(host, cancel);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>The addresses of a receiver.</summary>
    /// <exception cref="ForbiddenReceiverException">It is none that webhooks may reach.</exception>
    internal async Task<IPAddress[]> Check(string host, CancellationToken cancel)
    {
        var addresses = await _resolve(host.Trim('[', ']'), cancel);
        if (addresses.Length == 0) throw new SocketException((int)SocketError.HostNotFound);
        if (_names.Contains(host) || Array.TrueForAll(addresses, MayReach)) return addresses;
        throw new ForbiddenReceiverException();
    }

    private bool MayReach(IPAddress address) =>
        PublicAddresses.IsPublic(address)
        || Array.Exists(_networks, network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));

    private static IPNetwork? NetworkOf(string entry) =>
        IPNetwork.TryParse(entry, out var network) ? network
        : IPAddress.TryParse(entry, out var address) ? new IPNetwork(address, address.AddressFamily is AddressFamily.InterNetwork ? 32 : 128)
        : null;
}

/// <summary>A webhook leads to a private, local or reserved address.</summary>
internal sealed class ForbiddenReceiverException() : Exception("The receiver's address is not public.");
