using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace LeadEngine.Fuzz.Wire;

/// <summary>Is called by the engine's webhooks and answers with garbage: of which kind, the number of the path says.</summary>
internal sealed partial class Receiver : IAsyncDisposable
{
    /// <summary>How the engine has to be allowed to reach it. By its number it is a private address like any other.</summary>
    public const string Host = "localhost";

    private const int MaxRequest = 256 * 1024;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly Func<Stream, Random, CancellationToken, Task>[] Answers =
    [
        Text("204 No Content", ""),
        Text("200 OK", "Content-Length: 2\r\n", "ok"),
        Text("410 Gone", "Content-Length: 0\r\n"),
        Text("302 Found", "Location: http://169.254.169.254/latest/meta-data/\r\nContent-Length: 0\r\n"),
        Text("307 Temporary Redirect", "Location: http://[::1]:9/\r\nContent-Length: 0\r\n"),
        Text("503 Service Unavailable", "Retry-After: 99999999999999999999\r\nContent-Length: 0\r\n"),
        Text("200 OK", "Content-Length: 1000000000\r\n", "cut"),
        Text("200 OK", "Content-Length: -1\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n", "zz\r\n"),
        static (stream, random, cancel) => Write(stream, $"HTTP/1.1 {random.Next(100, 1_000)} X\r\nContent-Length: 0\r\n\r\n", cancel),
        static (stream, random, cancel) => Write(stream, string.Concat(Enumerable.Range(0, 500).Select(_ => (char)random.Next(256))), cancel),
        static (stream, _, cancel) => Endless(stream, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", $"1000\r\n{new string('x', 4_096)}\r\n", cancel),
        static (stream, _, cancel) => Endless(stream, "HTTP/1.1 200 OK\r\n", $"X: {new string('x', 1_000)}\r\n", cancel),
        static (stream, _, cancel) => Endless(stream, "", "HTTP/1.1 100 Continue\r\n\r\n", cancel),
        static (stream, _, cancel) => stream.CopyToAsync(Stream.Null, cancel), // Silence, as long as the other side waits.
        static (_, _, _) => Task.CompletedTask,
    ];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private readonly int _seed;
    private readonly Task _listening;
    private int _answered;

    private Receiver(int seed)
    {
        _seed = seed;
        _listener.Start();
        _listening = Listen();
    }

    /// <summary>How many kinds of answers there are: their numbers begin with 1.</summary>
    public static int Kinds => Answers.Length;

    /// <summary>Where it listens, without a slash at the end.</summary>
    public string Address => $"http://{Host}:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public int Answered => _answered;

    public static Receiver Start(int seed) => new(seed);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Dispose();
        await _listening;
        _end.Dispose();
    }

    private async Task Listen()
    {
        List<Task> busy = [];
        try
        {
            while (true)
            {
                var caller = await _listener.AcceptTcpClientAsync(_end.Token);
                busy.RemoveAll(one => one.IsCompleted);
                busy.Add(Task.Run(() => Answer(caller)));
            }
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(busy);
        }
    }

    private async Task Answer(TcpClient caller)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(_end.Token);
        patience.CancelAfter(Patience);
        try
        {
            using (caller)
            {
                var stream = caller.GetStream();
                var path = PathIn(await Read(stream, patience.Token));
                var answered = Interlocked.Increment(ref _answered);
                var kind = int.TryParse(path, CultureInfo.InvariantCulture, out var number) ? number : answered;
                await Answers[(kind & int.MaxValue) % Answers.Length](stream, new Random(unchecked((_seed * 1_000) + kind)), patience.Token);
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or SocketException)
        {
            // The engine has had enough, or we have.
        }
    }

    private static async Task<string> Read(NetworkStream stream, CancellationToken cancel)
    {
        var request = "";
        var buffer = new byte[4_096];
        while (request.Length < MaxRequest && !IsWhole(request))
        {
            var read = await stream.ReadAsync(buffer, cancel);
            if (read == 0) break;
            request += Encoding.Latin1.GetString(buffer, 0, read);
        }

        return request;
    }

    // To hang up on what was not read would take the answer back.
    private static bool IsWhole(string request)
    {
        var body = request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        if (body < 4) return false;
        var length = Length().Match(request[..body]);
        return length.Success
            ? request.Length >= body + int.Parse(length.Groups["length"].ValueSpan, CultureInfo.InvariantCulture)
            : request.EndsWith("0\r\n\r\n", StringComparison.Ordinal);
    }

    private static string PathIn(string request) => FirstLine().Match(request).Groups["path"].Value;

    private static Func<Stream, Random, CancellationToken, Task> Text(string status, string headers, string body = "") =>
        (stream, _, cancel) => Write(stream, $"HTTP/1.1 {status}\r\nConnection: close\r\n{headers}\r\n{body}", cancel);

    private static Task Write(Stream stream, string text, CancellationToken cancel) =>
        stream.WriteAsync(Encoding.Latin1.GetBytes(text), cancel).AsTask();

    private static async Task Endless(Stream stream, string first, string again, CancellationToken cancel)
    {
        await Write(stream, first, cancel);
        while (true) await Write(stream, again, cancel);
    }

    [GeneratedRegex(@"(?i)\r\nContent-Length: (?<length>\d{1,7})\r\n", RegexOptions.CultureInvariant)]
    private static partial Regex Length();

    [GeneratedRegex("^[A-Z]+ /(?<path>[^ ]*) ", RegexOptions.CultureInvariant)]
    private static partial Regex FirstLine();
}
