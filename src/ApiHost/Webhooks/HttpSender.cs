using System.Net;
using System.Net.Sockets;

namespace LeadEngine.ApiHost.Webhooks;

/// <summary>
/// Sends requests to receivers. What they answer with is not trusted: redirects are not followed, and bodies are hardly looked at.
/// </summary>
internal sealed class HttpSender : IDisposable
{
    private const int MaxBody = 64 * 1024;
    private const int MaxHeadersInKilobytes = 16;

    private static readonly TimeSpan BodyPatience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(2);

    private readonly TimeProvider _clock;
    private readonly HttpMessageInvoker _http;

    public HttpSender(ReceiverGuard guard, TimeProvider clock) : this(Connections(guard), clock)
    {
    }

    /// <param name="connections">Gets requests to where they go.</param>
    /// <param name="clock">The clock.</param>
    internal HttpSender(HttpMessageHandler connections, TimeProvider clock) => (_http, _clock) = (new(connections), clock);

    /// <summary>Sends a request once.</summary>
    /// <param name="request">The request.</param>
    /// <param name="timeout">How long the receiver may take.</param>
    /// <param name="cancel">The host stops.</param>
    public async Task<DeliveryOutcome> Send(HttpRequestMessage request, TimeSpan timeout, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(timeout, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            using var response = await _http.SendAsync(request, either.Token);
            await PassOver(response.Content, either.Token);
            return OutcomeOf((int)response.StatusCode);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            return DeliveryOutcome.Failed("The receiver did not answer in time.");
        }
        catch (HttpRequestException failure)
        {
            return DeliveryOutcome.Failed(Tell(failure));
        }
    }

    public void Dispose() => _http.Dispose();

    private static SocketsHttpHandler Connections(ReceiverGuard guard) => new()
    {
        ConnectCallback = guard.Connect,
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ActivityHeadersPropagator = null,
        MaxResponseHeadersLength = MaxHeadersInKilobytes,
        MaxResponseDrainSize = 0,
        PooledConnectionLifetime = ConnectionLife,
    };

    private static DeliveryOutcome OutcomeOf(int status) => status switch
    {
        >= 200 and < 300 => DeliveryOutcome.Delivered(status),
        StatusCodes.Status410Gone => DeliveryOutcome.Refused("The receiver answered 410: it wants no more.", status),
        >= 300 and < 400 => DeliveryOutcome.Failed($"The receiver answered {status}; redirects are not followed.", status),
        _ => DeliveryOutcome.Failed($"The receiver answered {status}.", status),
    };

    // A connection can be used again once its answer was read. The status was read already, so nothing else matters.
    private async Task PassOver(HttpContent content, CancellationToken cancel)
    {
        using var patience = new CancellationTokenSource(BodyPatience, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancel);
        try
        {
            await using var body = await content.ReadAsStreamAsync(either.Token);
            var buffer = new byte[4 * 1024];
            for (var left = MaxBody; left > 0;)
            {
                var read = await body.ReadAsync(buffer, either.Token);
                if (read == 0) return;
                left -= read;
            }
        }
        catch (Exception failure) when (failure is OperationCanceledException or HttpRequestException or IOException)
        {
            // It breaks off in the middle, or never ends.
        }
    }

    // What certificates and the like say of themselves is nobody's business here.
    private static string Tell(HttpRequestException failure) => failure.InnerException switch
    {
        ForbiddenReceiverException forbidden => forbidden.Message,
        SocketException socket => $"The receiver cannot be reached: {socket.SocketErrorCode}.",
        _ => $"The receiver's answer cannot be understood: {failure.HttpRequestError}.",
    };
}
