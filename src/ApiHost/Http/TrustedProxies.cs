using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using IPNetwork = System.Net.IPNetwork;

namespace LeadEngine.ApiHost.Http;

/// <summary>
/// Finds out who sends a request that came through proxies: the last of those in <c>X-Forwarded-For</c> who is not one of ours. What else
/// proxies say of a request (<c>X-Forwarded-Proto</c>, <c>X-Forwarded-Host</c>, <c>Forwarded</c>) is not read, since many pass on what a
/// client made up: <see cref="HttpOptions.PublicUrl"/> says under which address clients know the engine.
/// </summary>
internal static class TrustedProxies
{
    public static WebApplication UseTrustedProxies(this WebApplication app, string proxies)
    {
        if (!TryRead(proxies, out var networks)) throw new ArgumentException($"'{proxies}' lists no proxies.", nameof(proxies));
        if (networks.Count == 0) return app;

        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks) options.KnownIPNetworks.Add(network);
        app.UseForwardedHeaders(options);
        return app;
    }

    /// <summary>Reads addresses and networks, <c>10.0.0.5, 10.1.0.0/16</c>.</summary>
    public static bool TryRead(string proxies, out List<IPNetwork> networks)
    {
        networks = [];
        foreach (var text in proxies.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!TryReadOne(text, out var network)) return false;
            networks.Add(network);
        }

        return true;
    }

    private static bool TryReadOne(string text, out IPNetwork network)
    {
        if (text.Contains('/', StringComparison.Ordinal)) return IPNetwork.TryParse(text, out network);
        network = default;
        if (!IPAddress.TryParse(text, out var address)) return false;
        network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
        return true;
    }
}
