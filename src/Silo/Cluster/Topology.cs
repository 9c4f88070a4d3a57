using System.ComponentModel.DataAnnotations;
using LeadEngine.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace LeadEngine.Silo.Cluster;

/// <summary>What a host is in its cluster. It is read before there is a container, since what the container holds depends on it.</summary>
public sealed class Topology
{
    private Topology(string mode, ClusterSettings cluster, EndpointSettings endpoint, StoreOptions store) =>
        (Mode, Cluster, Endpoint, Store) = (mode, cluster, endpoint, store);

    /// <summary>One of <see cref="ClusterModes"/>.</summary>
    public string Mode { get; }

    /// <summary>Whether other hosts serve the same leads.</summary>
    public bool IsShared => Mode != ClusterModes.Single;

    internal ClusterSettings Cluster { get; }

    internal EndpointSettings Endpoint { get; }

    internal StoreOptions Store { get; }

    /// <exception cref="OptionsValidationException">The settings do not go together.</exception>
    internal static Topology Read(IConfiguration configuration, string? mode = null)
    {
        var cluster = Bind<ClusterSettings>(configuration, ClusterSettings.Section);
        var endpoint = Bind<EndpointSettings>(configuration, EndpointSettings.Section);
        // The store's own options are checked where the store is.
        var store = configuration.GetSection(StoreOptions.Section).Get<StoreOptions>() ?? new StoreOptions();
        mode ??= cluster.Mode;
        Demand<ClusterSettings>([.. ClusterRules.Check(mode, cluster, store)]);
        return new Topology(mode, cluster, endpoint, store);
    }

    private static T Bind<T>(IConfiguration configuration, string section) where T : class, new()
    {
        var options = configuration.GetSection(section).Get<T>() ?? new T();
        List<ValidationResult> problems = [];
        Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true);
        Demand<T>([.. problems.Select(problem => $"{section}: {problem.ErrorMessage}")]);
        return options;
    }

    private static void Demand<T>(string[] problems)
    {
        if (problems.Length > 0) throw new OptionsValidationException(typeof(T).Name, typeof(T), problems);
    }
}
