using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace LeadEngine.Silo.Telemetry;

/// <summary>
/// Takes from spans all that could tell who somebody is: a grain's id holds an e-mail address or a phone number, and so may a path, a query
/// or the text of an exception. Only what is known to be harmless stays.
/// </summary>
internal sealed class PrivateSpans : BaseProcessor<Activity>
{
    private static readonly FrozenSet<string> Harmless = FrozenSet.Create(
        StringComparer.Ordinal,
        "error.type",
        "exception.type",
        "http.request.method",
        "http.response.status_code",
        "http.route",
        "leadengine.batch.size",
        "network.protocol.name",
        "network.protocol.version",
        "rpc.method",
        "rpc.service",
        "rpc.system",
        "server.address",
        "server.port",
        "url.scheme");

    public override void OnEnd(Activity data)
    {
        foreach (var name in data.TagObjects.Select(tag => tag.Key).Where(name => !Harmless.Contains(name)).ToArray())
        {
            data.SetTag(name, null);
        }

        if (data.StatusDescription is not null) data.SetStatus(data.Status);
    }
}
