using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace LeadEngine.ApiHost.Tests.Mail;

/// <summary>An SMTP server that takes mail on the loopback address, or says what a test tells it to.</summary>
internal sealed class SmtpReceiver : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<string> _arrived = Channel.CreateUnbounded<string>();
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;

    public SmtpReceiver()
    {
        _listener.Start();
        _serving = Serve();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>What it answers to a command instead of what is usual; null for that.</summary>
    public Func<string, string?> OnCommand { get; set; } = _ => null;

    /// <summary>Takes connections, and says nothing.</summary>
    public bool IsMute { get; set; }

    /// <summary>The commands that came.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>The mails that were taken, as they came over the wire, dots unstuffed.</summary>
    public List<string> Mails { get; } = [];

    /// <summary>The next mail that nobody has waited for.</summary>
    public async Task<ReadMail> Next() => new(await _arrived.Reader.ReadAsync().AsTask().WaitAsync(Patience));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await Talk(client.GetStream());
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            Assert.True(_stop.IsCancellationRequested, ended.ToString());
        }
    }

    private async Task Talk(NetworkStream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        if (!IsMute) await Say(stream, "220 receiver ready");
        while (await reader.ReadLineAsync(_stop.Token) is { } command)
        {
            Commands.Add(command);
            if (OnCommand(command) is { } answer) await Say(stream, answer);
            else if (command.StartsWith("DATA", StringComparison.Ordinal)) await TakeMail(stream, reader);
            else await Say(stream, command.StartsWith("EHLO", StringComparison.Ordinal) ? "250-receiver\r\n250 AUTH LOGIN" : "250 fine");
            if (command.StartsWith("QUIT", StringComparison.Ordinal)) return;
        }
    }

    private async Task TakeMail(NetworkStream stream, StreamReader reader)
    {
        await Say(stream, "354 go on");
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".")
        {
            mail.Append(line.StartsWith('.') ? line[1..] : line).Append("\r\n");
        }

        Mails.Add(mail.ToString());
        _arrived.Writer.TryWrite(mail.ToString());
        await Say(stream, "250 taken");
    }

    private async Task Say(NetworkStream stream, string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\n"), _stop.Token);
}
