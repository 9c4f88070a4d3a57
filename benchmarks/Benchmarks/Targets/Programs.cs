namespace LeadEngine.Benchmarks.Targets;

/// <summary>Where the build put the programs of this configuration: below the stack on which each was built.</summary>
internal static class Programs
{
    private const string Embedded = "embedded";
    private const string Orleans = "orleans";

    private static readonly string[] NeededOnOrleans = ["OrleansPeer", "ApiHost", "Silo"];
    private static readonly DirectoryInfo Here = new(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));

    public static string Peers => Find(Embedded, "Peers");

    public static string ApiHost => Find(Embedded, "ApiHost");

    public static string OrleansPeer => Find(Orleans, "OrleansPeer");

    public static string OrleansApiHost => Find(Orleans, "ApiHost");

    /// <summary>The script that runs separate silos and API hosts.</summary>
    public static string LocalCluster { get; } = Path.Combine(Repository.Folder, "deploy", "local-cluster");

    /// <summary>Release or Debug, in the build's spelling.</summary>
    public static string Configuration => Here.Name;

    /// <summary>Why the targets on Orleans cannot run; null when they can.</summary>
    public static string? WhyOrleansIsAbsent =>
        NeededOnOrleans.All(project => File.Exists(PathOf(Orleans, project)))
            ? null
            : $"{string.Join(", ", TargetNames.OnOrleans)} are left out; this builds them: dotnet build -c {Configuration} -p:Stack=Orleans";

    private static string Find(string stack, string project)
    {
        var program = PathOf(stack, project);
        return File.Exists(program) ? program : throw new FileNotFoundException($"{program} was not built.", program);
    }

    // This program lies in <stack>/bin/Benchmarks/<configuration>.
    private static string PathOf(string stack, string project)
    {
        var stacks = Here.Parent!.Parent!.Parent!.Parent!.FullName;
        return Path.Combine(stacks, stack, "bin", project, Configuration, $"LeadEngine.{project}");
    }
}
