namespace LeadEngine.Benchmarks;

/// <summary>Holds the databases of one run, and goes with it.</summary>
internal sealed class TemporaryFolder(string parent) : IDisposable
{
    private readonly DirectoryInfo folder = new DirectoryInfo(parent).CreateSubdirectory($"lead-benchmark-{Environment.ProcessId}");

    public string Path => folder.FullName;

    public void Dispose() => folder.Delete(recursive: true);
}
