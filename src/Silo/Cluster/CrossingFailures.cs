using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace LeadEngine.Silo.Cluster;

/// <summary>
/// What the store throws keeps its cause between hosts. Orleans knows exceptions of .NET and those that have a serializer; one of another
/// kind, if only as an inner exception, it replaces by a complaint, and a host would take "busy" for a fault of ours.
/// </summary>
internal static class CrossingFailures
{
    private static readonly string[] Namespaces = ["Npgsql", "LeadEngine"];

    public static IServiceCollection AddCrossingFailures(this IServiceCollection services) =>
        services.Configure<ExceptionSerializationOptions>(options => options.SupportedNamespacePrefixes.UnionWith(Namespaces));
}
