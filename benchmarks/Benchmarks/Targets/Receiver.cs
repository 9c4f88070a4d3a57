using System.Net;
using System.Net.Sockets;

namespace LeadEngine.Benchmarks.Targets;

/// <summary>Whom a webhook tells: a port of this process, so what it costs counts as the load generator's.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private const int LongestRequest = 64 * 1024;

    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource end = new();
    private readonly List<Task> connections = [];
    private readonly byte[] answer;
    private readonly Task accepting;
    private long answered;

    public Receiver(ReceiverConduct conduct)
    {
        answer = conduct.Answer();
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        // A port that is bound but not listened at refuses connections, and nobody else gets it.
        if (conduct != ReceiverConduct.Refuses) listener.Listen();
        accepting = conduct == ReceiverConduct.Refuses ? Task.CompletedTask : Task.Run(AcceptAsync);
    }

    public Uri Address => new($"http://{listener.LocalEndPoint}/told");

    /// <summary>How many requests it has answered.</summary>
    public long Answered => Volatile.Read(ref answered);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(connections);
        end.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) connections.Add(ServeAsync(await listener.AcceptAsync(end.Token)));
        }
        catch (OperationCanceledException)
        {
            // The run is over.
        }
    }

    private async Task ServeAsync(Socket connection)
    {
        using var _ = connection;
        connection.NoDelay = true;
        var buffer = new byte[LongestRequest];
        try
        {
            while (await ReadRequestAsync(connection, buffer))
            {
                if (answer.Length == 0) continue;
                await connection.SendAsync(answer, end.Token);
                Interlocked.Increment(ref answered);
            }
        }
        catch (Exception gone) when (gone is OperationCanceledException or SocketException)
        {
            // The run is over, or the server has had enough of this connection.
        }
    }

    private async Task<bool> ReadRequestAsync(Socket connection, byte[] buffer)
    {
        for (var filled = 0; ;)
        {
            var read = await connection.ReceiveAsync(buffer.AsMemory(filled), end.Token);
            if (read == 0) return false;
            filled += read;
            if (filled >= LengthOf(buffer.AsSpan(0, filled))) return true;
        }
    }

    /// <summary>Of the request that begins there; more than there can be while its head is not complete.</summary>
    private static int LengthOf(ReadOnlySpan<byte> request)
    {
        var name = "Content-Length: "u8;
        var head = request.IndexOf("\r\n\r\n"u8);
        if (head < 0) return int.MaxValue;
        var value = request[(request.IndexOf(name) + name.Length)..head];
        return System.Buffers.Text.Utf8Parser.TryParse(value, out int body, out _)
            ? head + 4 + body
            : throw new InvalidDataException("A webhook's request does not tell its length.");
    }
}
