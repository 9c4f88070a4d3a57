using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace LeadEngine.ApiHost.Tests.Texts;

/// <summary>A gateway for text messages on the loopback address, which answers as a test wants.</summary>
internal sealed class TextGateway : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<string> _arrived = Channel.CreateUnbounded<string>();
    private readonly HttpListener _listener = new();
    private readonly Task _serving;

    public TextGateway()
    {
        Address = $"http://127.0.0.1:{FreePort()}/send/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _serving = Serve();
    }

    public string Address { get; }

    public HttpStatusCode Status { get; set; } = HttpStatusCode.Accepted;

    /// <summary>What came: the credential and the body of each request.</summary>
    public List<(string? Credential, string Body)> Requests { get; } = [];

    /// <summary>The text of the next message that nobody has waited for.</summary>
    public async Task<string> Next()
    {
        using var message = JsonDocument.Parse(await _arrived.Reader.ReadAsync().AsTask().WaitAsync(Patience));
        return message.RootElement.GetProperty("text").GetString()!;
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Close();
        await _serving;
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                var context = await _listener.GetContextAsync();
                using var reader = new StreamReader(context.Request.InputStream, Encoding.UTF8);
                Requests.Add((context.Request.Headers["Authorization"], await reader.ReadToEndAsync()));
                _arrived.Writer.TryWrite(Requests[^1].Body);
                context.Response.StatusCode = (int)Status;
                context.Response.RedirectLocation = "http://127.0.0.1:1/";
                context.Response.Close();
            }
        }
        catch (Exception ended) when (ended is HttpListenerException or ObjectDisposedException)
        {
            Assert.False(_listener.IsListening, ended.ToString());
        }
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
