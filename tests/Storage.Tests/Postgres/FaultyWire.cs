using System.Net;
using System.Net.Sockets;
using Npgsql;

namespace LeadEngine.Storage.Tests.Postgres;

/// <summary>
/// A wire between a driver and its server that can be frozen in mid-sentence, or lose the server's answers: to the server it looks like
/// a client that was stopped or cut off.
/// </summary>
internal sealed class FaultyWire : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly List<Task> _relays = [];
    private readonly List<Socket> _sockets = [];
    private readonly string _host;
    private readonly int _port;
    private long _clientBytesLeft = long.MaxValue;
    private volatile bool _losesAnswers;

    public FaultyWire(string connectionString)
    {
        var server = new NpgsqlConnectionStringBuilder(connectionString);
        (_host, _port) = (server.Host!, server.Port);
        _listener.Start();
        server.Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        ConnectionString = server.ConnectionString;
        _relays.Add(Accept());
    }

    /// <summary>Leads through the wire.</summary>
    public string ConnectionString { get; }

    /// <summary>Lets so many more bytes through to the server, then nothing more.</summary>
    public void FreezeClientAfter(long bytes) => Volatile.Write(ref _clientBytesLeft, bytes);

    /// <summary>The server hears all, but nobody hears the server; a connection on which it speaks is cut.</summary>
    public void LoseAnswers() => _losesAnswers = true;

    public void Heal() => _losesAnswers = false;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        lock (_sockets) _sockets.ForEach(socket => socket.Dispose());
        await Task.WhenAll(_relays);
        _end.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_end.Token);
                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                lock (_sockets) _sockets.AddRange([client, server]);
                await server.ConnectAsync(_host, _port, _end.Token);
                _relays.Add(Relay(client, server, ToServer));
                _relays.Add(Relay(server, client, ToClient));
            }
        }
        catch (OperationCanceledException) when (_end.IsCancellationRequested)
        {
            // Closed.
        }
    }

    private static async Task Relay(Socket from, Socket to, Func<Socket, ReadOnlyMemory<byte>, Task> send)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            while (await from.ReceiveAsync(buffer) is > 0 and var count) await send(to, buffer.AsMemory(0, count));
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // One side is gone, so the other one goes too.
        }
        from.Dispose();
        to.Dispose();
    }

    private async Task ToServer(Socket server, ReadOnlyMemory<byte> bytes)
    {
        var left = Interlocked.Add(ref _clientBytesLeft, -bytes.Length) + bytes.Length;
        if (left > 0) await server.SendAsync(bytes[..(int)Math.Min(left, bytes.Length)]);
    }

    private async Task ToClient(Socket client, ReadOnlyMemory<byte> bytes)
    {
        if (_losesAnswers) throw new SocketException((int)SocketError.ConnectionReset);
        await client.SendAsync(bytes);
    }
}
