using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
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

    /// <summary>What it encrypts with after STARTTLS, which it offers then; null for none of that.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>Who may send; null for everybody.</summary>
    public NetworkCredential? Account { get; set; }

    /// <summary>The lines that came, but for mails.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>Those of them that came unencrypted.</summary>
    public List<string> ClearCommands { get; } = [];

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
                await TalkUntilLeft(client.GetStream());
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or SocketException or InvalidOperationException)
        {
            Assert.True(_stop.IsCancellationRequested, ended.ToString());
        }
    }

    private async Task TalkUntilLeft(NetworkStream stream)
    {
        try
        {
            if (!IsMute) await Say(stream, "220 receiver ready");
            if (!await Talk(stream)) return;
            await using var encrypted = new SslStream(stream);
            await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _stop.Token);
            await Talk(encrypted);
        }
        catch (Exception left) when (left is AuthenticationException or IOException)
        {
            // A client that does not trust the certificate says no more.
        }
    }

    /// <returns>Whether to go on encrypted.</returns>
    private async Task<bool> Talk(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var isSignedIn = Account is null;
        while (await Next(stream, reader) is { } command)
        {
            if (OnCommand(command) is { } answer) await Say(stream, answer);
            else if (command is "STARTTLS" && Certificate is not null)
            {
                await Say(stream, "220 go on");
                return true;
            }
            else if (command.StartsWith("AUTH", StringComparison.Ordinal)) isSignedIn = await SignIn(command, stream, reader);
            else if (command.StartsWith("MAIL", StringComparison.Ordinal) && !isSignedIn) await Say(stream, "530 5.7.0 sign in first");
            else if (command.StartsWith("DATA", StringComparison.Ordinal)) await TakeMail(stream, reader);
            else await Say(stream, command.StartsWith("EHLO", StringComparison.Ordinal) ? Offer(stream) : "250 fine");
            if (command.StartsWith("QUIT", StringComparison.Ordinal)) return false;
        }

        return false;
    }

    private string Offer(Stream stream) => Certificate is not null && stream is not SslStream
        ? "250-receiver\r\n250-STARTTLS\r\n250 AUTH LOGIN"
        : "250-receiver\r\n250 AUTH LOGIN";

    private async Task<string?> Next(Stream stream, StreamReader reader)
    {
        var line = await reader.ReadLineAsync(_stop.Token);
        if (line is null) return null;
        Commands.Add(line);
        if (stream is not SslStream) ClearCommands.Add(line);
        return line;
    }

    // AUTH LOGIN and the name, then the password, each in base64.
    private async Task<bool> SignIn(string command, Stream stream, StreamReader reader)
    {
        await Say(stream, "334 UGFzc3dvcmQ6");
        var password = await Next(stream, reader);
        var isRight = Account is null
            || (command.EndsWith($" {Base64(Account.UserName)}", StringComparison.Ordinal) && password == Base64(Account.Password));
        await Say(stream, isRight ? "235 welcome" : "535 5.7.8 no such name or password");
        return isRight;
    }

    /// <summary>How a name or a password goes over the wire.</summary>
    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private async Task TakeMail(Stream stream, StreamReader reader)
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

    private async Task Say(Stream stream, string line) => await stream.WriteAsync(Encoding.ASCII.GetBytes($"{line}\r\n"), _stop.Token);
}
