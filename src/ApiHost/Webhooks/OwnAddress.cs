using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Startup;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.Options;

namespace LeadEngine.ApiHost.Webhooks;

/// <summary>The engine's own address where no request tells it: the one that is set, else where the server listens.</summary>
internal sealed class OwnAddress(IOptions<HttpOptions> options, IServer server)
{
    /// <summary>The address without a slash at its end.</summary>
    public string Get() => options.Value.PublicUrl?.TrimEnd('/') ?? StartupBanner.AddressOf(server);
}
