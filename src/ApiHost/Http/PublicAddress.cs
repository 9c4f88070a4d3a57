using Microsoft.Extensions.Options;

namespace LeadEngine.ApiHost.Http;

/// <summary>The address under which clients know the engine: the one that is set, else the one that the request was sent to.</summary>
internal sealed class PublicAddress(IOptions<HttpOptions> options)
{
    private readonly string? _address = options.Value.PublicUrl?.TrimEnd('/');

    /// <summary>The address without a slash at its end, for example <c>http://localhost:5080</c>.</summary>
    public string Of(HttpRequest request)
    {
        if (_address is not null) return _address;
        if (request.Host.HasValue) return string.Concat(request.Scheme, Uri.SchemeDelimiter, request.Host.Value);

        // Only HTTP/1.0 goes without a Host.
        var connection = request.HttpContext.Connection;
        return $"{request.Scheme}{Uri.SchemeDelimiter}{connection.LocalIpAddress}:{connection.LocalPort}";
    }
}
