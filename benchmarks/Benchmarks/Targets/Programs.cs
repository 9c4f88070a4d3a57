namespace LeadEngine.Benchmarks.Targets;

/// <summary>Where the build put the programs of this configuration.</summary>
internal static class Programs
{
    public static string Peers => Find("Peers");

    public static string ApiHost => Find("ApiHost");

    private static string Find(string project)
    {
        var here = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var program = Path.Combine(here.Parent!.Parent!.FullName, project, here.Name, $"LeadEngine.{project}");
        return File.Exists(program) ? program : throw new FileNotFoundException($"{program} was not built.", program);
    }
}
