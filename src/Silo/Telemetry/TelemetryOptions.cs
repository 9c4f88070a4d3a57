using System.ComponentModel.DataAnnotations;

namespace LeadEngine.Silo.Telemetry;

/// <summary>
/// What is sent by OTLP: configuration section <c>Telemetry</c>. Where it is sent, and how, say OpenTelemetry's own settings, such as
/// <c>OTEL_EXPORTER_OTLP_ENDPOINT</c> (default <c>http://localhost:4317</c>) and <c>OTEL_EXPORTER_OTLP_PROTOCOL</c>.
/// </summary>
public sealed class TelemetryOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Telemetry";

    /// <summary>Whether metrics are sent. Default false.</summary>
    public bool Metrics { get; set; }

    /// <summary>Whether traces are sent. Default false.</summary>
    public bool Traces { get; set; }

    /// <summary>Which part of all HTTP requests is traced, 0 to 1; the same for all processes of a cluster. Default 0.01.</summary>
    [Range(0.0, 1.0)]
    public double TraceRatio { get; set; } = 0.01;
}
