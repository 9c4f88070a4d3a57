using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;

namespace LeadEngine.Embedded.Tests.Drift;

/// <summary>The assemblies that the stand-in stands in for, as they lie in the package folder, loaded beside it and never run.</summary>
internal sealed class RealAssemblies : AssemblyLoadContext
{
    private static readonly string Packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    private static readonly string OrleansVersion = typeof(RealAssemblies).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(metadata => metadata.Key == "OrleansVersion").Value!;

    private readonly Dictionary<string, string> _files;

    private RealAssemblies(IEnumerable<string> files)
        : base(nameof(RealAssemblies)) => _files = files.GroupBy(file => Path.GetFileNameWithoutExtension(file))
            .ToDictionary(group => group.Key, group => group.First());

    public static RealAssemblies? Orleans { get; } = Load(Find("microsoft.orleans.*", OrleansVersion), "Orleans.Runtime");

    public static RealAssemblies? PhoneNumbers { get; } = Load(Find("libphonenumber-csharp", "*"), "PhoneNumbers");

    public Type? Find(string fullName) => _files.Keys.Where(name => !name.Contains("CodeGenerator") && !name.Contains("Analyzers"))
        .Select(name => LoadFromAssemblyName(new AssemblyName(name)).GetType(fullName)).FirstOrDefault(type => type?.IsVisible is true);

    protected override Assembly? Load(AssemblyName assemblyName) =>
        _files.TryGetValue(assemblyName.Name!, out var file) ? LoadFromAssemblyPath(file) : null;

    private static RealAssemblies? Load(IEnumerable<string> files, string needed)
    {
        var found = files.ToList();
        return found.Any(file => Path.GetFileNameWithoutExtension(file) == needed) ? new(found) : null;
    }

    private static IEnumerable<string> Find(string package, string version) =>
        from folder in Directory.Exists(Packages) ? Directory.GetDirectories(Packages, package) : []
        from versioned in Directory.GetDirectories(folder, version)
        let libraries = Path.Combine(versioned, "lib")
        from target in Directory.Exists(libraries) ? Directory.GetDirectories(libraries).OrderByDescending(Preference).Take(1) : []
        from file in Directory.GetFiles(target, "*.dll")
        orderby versioned descending
        select file;

    private static double Preference(string target) =>
        double.TryParse(Path.GetFileName(target).Replace("net", ""), CultureInfo.InvariantCulture, out var version) ? version : 0;
}

/// <summary>Runs where the packages of the Orleans stack are restored.</summary>
internal sealed class DriftFactAttribute : FactAttribute
{
    public DriftFactAttribute()
    {
        if (RealAssemblies.Orleans is null || RealAssemblies.PhoneNumbers is null)
            Skip = "Nothing to compare with: the Orleans packages are not restored here (dotnet restore -p:Stack=Orleans).";
    }
}
