using System.Net;
using System.Net.Sockets;

namespace LeadEngine.Benchmarks.Targets;

/// <summary>Ports of the loopback interface on which nobody listens.</summary>
internal static class Ports
{
    public static int[] Free(int count) => Hold(Enumerable.Repeat(0, count))!;

    /// <summary>A port that is free together with others at given distances from it.</summary>
    public static int FreeWith(int[] distances)
    {
        while (true)
        {
            var port = Free(1)[0];
            if (Hold(distances.Select(distance => port + distance)) is not null) return port;
        }
    }

    /// <summary>Listens for a moment on each; null where somebody else does.</summary>
    private static int[]? Hold(IEnumerable<int> ports)
    {
        var probes = ports.Select(port => new TcpListener(IPAddress.Loopback, port)).ToArray();
        try
        {
            foreach (var probe in probes) probe.Start();
            return [.. probes.Select(probe => ((IPEndPoint)probe.LocalEndpoint).Port)];
        }
        catch (SocketException taken) when (taken.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            return null;
        }
        finally
        {
            foreach (var probe in probes) probe.Dispose();
        }
    }
}
