using System.Net;
using System.Net.Sockets;
using LeadEngine.Fuzz.Requests;

namespace LeadEngine.Fuzz.Wire;

/// <summary>A connection to the engine over which any bytes may go.</summary>
internal sealed class Connection : IDisposable
{
    /// <summary>How long an answer may take; more is a hang. Longer than the engine's own deadline of 10 s, which ends in a 504.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    // After a broken request the server may wait for more; then it is told that nothing more comes.
    private static readonly TimeSpan Silence = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan BetweenPieces = TimeSpan.FromMilliseconds(15);

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly byte[] _chunk = new byte[64 * 1024];
    private readonly List<byte> _buffer = [];

    private Connection()
    {
    }

    /// <summary>Whether nothing more can be sent.</summary>
    public bool IsOver { get; private set; }

    public static async Task<Connection> Open(int port)
    {
        var connection = new Connection();
        await connection._socket.ConnectAsync(IPAddress.Loopback, port);
        return connection;
    }

    public void Dispose() => _socket.Dispose();

    /// <summary>Sends a request and reads its answers.</summary>
    public async Task<Outcome> Send(Exchange exchange)
    {
        var start = TimeProvider.System.GetTimestamp();
        using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
        List<Answer> answers = [];
        var writing = Write(exchange, patience.Token);
        var problem = await Read(exchange, answers, patience.Token);
        if (problem is not null) await patience.CancelAsync();
        IsOver |= problem is not null || exchange.IsBroken || !await writing;
        await writing;
        return new Outcome(answers, problem, TimeProvider.System.GetElapsedTime(start));
    }

    // A server that has refused a request may close before it has read all of it: that is told from the answers.
    private async Task<bool> Write(Exchange exchange, CancellationToken cancel)
    {
        try
        {
            for (var at = 0; at < exchange.Pieces.Length; at++)
            {
                if (at > 0) await Task.Delay(BetweenPieces, TimeProvider.System, cancel);
                for (ReadOnlyMemory<byte> rest = exchange.Pieces[at]; !rest.IsEmpty;) rest = rest[await _socket.SendAsync(rest, cancel)..];
            }

            return true;
        }
        catch (Exception gone) when (gone is SocketException or OperationCanceledException)
        {
            return false;
        }
    }

    private async Task<string?> Read(Exchange exchange, List<Answer> answers, CancellationToken cancel)
    {
        try
        {
            while (true)
            {
                var isDone = !exchange.IsBroken && (answers.Count == exchange.Expected || IsOver);
                if (isDone) return _buffer.Count == 0 ? null : "More came than an answer.";
                var end = await Receive(exchange.IsBroken, cancel);
                Parse(exchange, answers, end is not End.None);
                if (end is End.None) continue;
                IsOver = true;
                if (exchange.IsBroken) return _buffer.Count == 0 || end is End.Reset ? null : "Half an answer came.";
                if (answers.Count < exchange.Expected && answers is not [.., { IsLast: true }]) return $"The connection ended ({end}) without an answer.";
            }
        }
        catch (OperationCanceledException)
        {
            return $"No answer within {Patience.TotalSeconds} s.";
        }
        catch (FormatException malformed)
        {
            return malformed.Message;
        }
    }

    private void Parse(Exchange exchange, List<Answer> answers, bool isEnd)
    {
        while (_buffer.Count > 0 && AnswerReader.TryRead(_buffer.ToArray(), exchange.IsHead, isEnd, out var length) is { } answer)
        {
            _buffer.RemoveRange(0, length);
            if (answer.Status < 200) continue;
            answers.Add(answer);
            IsOver |= answer.IsLast;
        }
    }

    private async Task<End> Receive(bool isBroken, CancellationToken cancel)
    {
        try
        {
            var receiving = _socket.ReceiveAsync(_chunk, cancel).AsTask();
            var silence = isBroken ? Task.Delay(Silence, TimeProvider.System, cancel) : receiving;
            if (await Task.WhenAny(receiving, silence) != receiving) _socket.Shutdown(SocketShutdown.Send);
            var length = await receiving;
            _buffer.AddRange(_chunk.AsSpan(0, length));
            return length == 0 ? End.Closed : End.None;
        }
        catch (SocketException)
        {
            return End.Reset;
        }
    }

    private enum End
    {
        None,
        Closed,
        Reset,
    }
}

/// <summary>What came of a request.</summary>
/// <param name="Answers">The answers, in order.</param>
/// <param name="Problem">What was wrong with them as HTTP; null when nothing was.</param>
/// <param name="Took">From the first byte sent to the last one read.</param>
internal sealed record Outcome(IReadOnlyList<Answer> Answers, string? Problem, TimeSpan Took);
