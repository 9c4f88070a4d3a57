namespace LeadEngine.Benchmarks;

/// <summary>Where the sources lie from which this program was built.</summary>
internal static class Repository
{
    public static string Folder { get; } = Find();

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Orleans.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("The benchmark does not run from within its repository.");
    }
}
