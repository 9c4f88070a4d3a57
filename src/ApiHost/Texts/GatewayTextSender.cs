using System.Net;
using System.Net.Http.Headers;
using LeadEngine.ApiHost.Webhooks;
using Microsoft.Extensions.Options;

namespace LeadEngine.ApiHost.Texts;

/// <summary>Posts text messages to the gateway that is set.</summary>
internal sealed class GatewayTextSender(IOptions<TextOptions> options) : ITextSender, IDisposable
{
    // The operator chose the address: it may well be inside. Where it redirects to, nobody chose.
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    public bool IsOn => options.Value.Url is not null;

    public async Task<DeliveryOutcome> Send(string to, string text, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, options.Value.Url) { Content = JsonContent.Create(new { to, text }) };
        if (options.Value.Token is { } token) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        try
        {
            using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancel);
            return Judge(response.StatusCode);
        }
        catch (HttpRequestException failed)
        {
            return DeliveryOutcome.Failed($"The text gateway did not answer: {failed.HttpRequestError}");
        }
    }

    public void Dispose() => _http.Dispose();

    private static DeliveryOutcome Judge(HttpStatusCode status) => (int)status switch
    {
        >= 200 and <= 299 => DeliveryOutcome.Delivered((int)status),
        400 or 422 => DeliveryOutcome.Hopeless("The text gateway refuses the message.", (int)status),
        var other => DeliveryOutcome.Failed("The text gateway did not take the message.", other),
    };
}
