using System.Net;
using System.Net.Sockets;

namespace LeadEngine.Benchmarks.Load;

/// <summary>One keep-alive connection with at most one request under way.</summary>
internal sealed class LoadConnection(IPEndPoint server) : IDisposable
{
    private readonly ResponseParser parser = new();
    private readonly byte[] buffer = new byte[16 * 1024];
    private Socket? socket;
    private int filled;

    public bool IsBusy { get; private set; }

    public RequestKind Kind { get; private set; }

    /// <summary>When the request should have left, counted from the start of the run.</summary>
    public TimeSpan Due { get; private set; }

    public int Status => parser.Status;

    public bool MustReopen => socket is null || parser.Closes;

    public Socket Open()
    {
        socket?.Dispose();
        socket = new(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(server);
        socket.Blocking = false;
        IsBusy = false;
        return socket;
    }

    public void Send(ReadOnlySpan<byte> request, RequestKind kind, TimeSpan due)
    {
        (Kind, Due, IsBusy, filled) = (kind, due, true, 0);
        parser.Reset();
        var sent = socket!.Send(request, SocketFlags.None, out var error);
        if (error != SocketError.Success || sent != request.Length) Break();
    }

    /// <summary>True once the answer is complete. A connection that broke is not busy, and must be reopened.</summary>
    public bool Receive()
    {
        var read = socket!.Receive(buffer.AsSpan(filled), SocketFlags.None, out var error);
        if (error == SocketError.WouldBlock) return false;
        if (read == 0 || error != SocketError.Success)
        {
            Break();
            return false;
        }

        var end = filled + read;
        var taken = parser.Consume(buffer.AsSpan(0, end));
        filled = end - taken;
        if (parser.IsComplete) IsBusy = false;
        else if (filled == buffer.Length) throw new InvalidDataException("The head of an answer is longer than 16 KiB.");
        else if (taken > 0) buffer.AsSpan(taken, filled).CopyTo(buffer);
        return parser.IsComplete;
    }

    public void Dispose() => socket?.Dispose();

    private void Break()
    {
        socket!.Dispose();
        socket = null;
        IsBusy = false;
    }
}
