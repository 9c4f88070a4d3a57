using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace LeadEngine.ApiHost.Tests.Telemetry;

/// <summary>Takes what is sent by OTLP over HTTP. Protobuf leaves texts as they are, so they are looked for without reading it.</summary>
internal sealed class OtlpCollector : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, string> _received = new();
    private readonly WebApplication _server;

    private OtlpCollector(WebApplication server) => _server = server;

    public string Address => _server.Urls.Single();

    public string Metrics => _received.GetValueOrDefault("metrics", "");

    public string Traces => _received.GetValueOrDefault("traces", "");

    public static async Task<OtlpCollector> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var collector = new OtlpCollector(builder.Build());
        collector._server.MapPost("/v1/{signal}", collector.Receive);
        await collector._server.StartAsync();
        return collector;
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task Receive(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        var text = Encoding.Latin1.GetString(body.GetBuffer(), 0, (int)body.Length);
        _received.AddOrUpdate((string)context.GetRouteValue("signal")!, text, (_, before) => before + text);
    }
}
