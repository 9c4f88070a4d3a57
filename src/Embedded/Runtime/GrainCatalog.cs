using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Orleans.Runtime;

/// <summary>
/// The grain classes of this process. Orleans notes them at build time; here they are looked for once, in every assembly that references
/// this one, whether it is loaded already or merely lies among the application's files.
/// </summary>
internal static class GrainCatalog
{
    private static readonly string Self = typeof(GrainCatalog).Assembly.GetName().Name!;
    private static readonly Lazy<ILookup<Type, Type>> ClassesByInterface = new(Scan);

    internal static Type Find(Type interfaceType, string prefix)
    {
        var candidates = ClassesByInterface.Value[interfaceType]
            .Where(type => type.FullName!.StartsWith(prefix, StringComparison.Ordinal)).ToArray();
        return candidates switch
        {
            [var only] => only,
            [] => throw new ArgumentException($"Could not find an implementation for interface {interfaceType}"),
            _ => throw new ArgumentException($"Unable to identify a single appropriate grain type for interface {interfaceType}. "
                + $"Candidates: {string.Join(", ", candidates.AsEnumerable())}"),
        };
    }

    private static ILookup<Type, Type> Scan() =>
        (from assembly in Assemblies()
         from type in assembly.GetTypes()
         where type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(Grain))
         from face in type.GetInterfaces()
         where face.IsAssignableTo(typeof(IGrain))
         select (face, type)).ToLookup(pair => pair.face, pair => pair.type);

    private static IEnumerable<Assembly> Assemblies()
    {
        var loaded = AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic).ToList();
        var names = loaded.Select(assembly => assembly.GetName().Name).ToHashSet();
        return loaded.Where(assembly => assembly.GetReferencedAssemblies().Any(reference => reference.Name == Self))
            .Concat(ApplicationFiles().Where(file => names.Add(Path.GetFileNameWithoutExtension(file)) && ReferencesUs(file))
                .Select(file => Assembly.Load(new AssemblyName(Path.GetFileNameWithoutExtension(file)))));
    }

    /// <summary>What the application consists of, be it started by itself, by a test runner or by WebApplicationFactory.</summary>
    private static IEnumerable<string> ApplicationFiles() => (AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") as string ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Where(file => Path.GetFileName(file) is var name && !name.StartsWith("System.", StringComparison.Ordinal)
            && !name.StartsWith("Microsoft.", StringComparison.Ordinal));

    /// <summary>Asked of the file, since loading an assembly just to ask it cannot be undone.</summary>
    private static bool ReferencesUs(string file)
    {
        using var image = new PEReader(File.OpenRead(file));
        if (!image.HasMetadata) return false;
        var metadata = image.GetMetadataReader();
        return metadata.AssemblyReferences.Any(handle =>
            metadata.StringComparer.Equals(metadata.GetAssemblyReference(handle).Name, Self));
    }
}
