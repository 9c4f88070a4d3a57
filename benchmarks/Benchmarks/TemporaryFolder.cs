namespace LeadEngine.Benchmarks;

/// <summary>Holds the databases of one run, and goes with it.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("lead-benchmark-");

    public string Path => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);
}
