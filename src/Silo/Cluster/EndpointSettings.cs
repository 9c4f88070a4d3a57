using System.ComponentModel.DataAnnotations;
using System.Net;

namespace LeadEngine.Silo.Cluster;

/// <summary>Where a silo is reached by other silos and by clients, on Orleans: configuration section <c>Silo</c>.</summary>
public sealed class EndpointSettings : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Silo";

    /// <summary>The port for other silos; 1 to 65535. Default 11111.</summary>
    [Range(1, 65535)]
    public int Port { get; set; } = 11111;

    /// <summary>The port for clients; 1 to 65535. Default 30000.</summary>
    [Range(1, 65535)]
    public int GatewayPort { get; set; } = 30000;

    /// <summary>
    /// The IP address, one of this machine, on which it listens and which others are told. Default: what the machine's name resolves to.
    /// A single node listens on loopback alone, whatever is set here.
    /// </summary>
    public string? AdvertisedAddress { get; set; }

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (AdvertisedAddress is { } address && (!IPAddress.TryParse(address, out var parsed) || IsNobody(parsed)))
        {
            yield return new($"{Section}:{nameof(AdvertisedAddress)} must be an IP address at which others find this silo.", [nameof(AdvertisedAddress)]);
        }

        if (Port == GatewayPort) yield return new($"{Section}:{nameof(Port)} and {Section}:{nameof(GatewayPort)} must differ.", [nameof(GatewayPort)]);
    }

    private static bool IsNobody(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
