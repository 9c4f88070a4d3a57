namespace LeadEngine.ApiHost.Tests.Deployment;

/// <summary>The files that the build does not take along.</summary>
internal static class Repository
{
    private static readonly string Root = Find();

    public static string[] ReadLines(string path) => File.ReadAllLines(Path.Combine(Root, path));

    public static string ReadText(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Has(string path) => Path.Exists(Path.Combine(Root, path));

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Orleans.sln"))) folder = Path.GetDirectoryName(folder);
        return folder ?? throw new DirectoryNotFoundException("The tests do not lie in the repository.");
    }
}
