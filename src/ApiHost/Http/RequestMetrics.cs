using System.Diagnostics.Metrics;
using LeadEngine.Storage.Telemetry;

namespace LeadEngine.ApiHost.Http;

/// <summary>What HTTP tells beyond ASP.NET Core's own metrics: why requests are refused.</summary>
internal sealed class RequestMetrics(IMeterFactory meters)
{
    private readonly Counter<long> _refused = meters.Create(EngineTelemetry.Name).CreateCounter<long>(
        "leadengine.requests.refused", "{request}", "Requests that were answered with an error.");

    /// <summary>
    /// Counts a request that is answered with a fault. Its code is one of a fixed set; nothing that was sent goes into it.
    /// </summary>
    public void Refused(Fault fault)
    {
        if (_refused.Enabled) _refused.Add(1, new KeyValuePair<string, object?>("reason", fault.Code));
    }
}
