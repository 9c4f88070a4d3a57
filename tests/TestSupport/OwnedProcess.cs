using System.Diagnostics;

namespace LeadEngine.TestSupport;

/// <summary>
/// A process that does its work when its input ends: the operating system closes it when this process ends, even when it is killed.
/// </summary>
public sealed class OwnedProcess : IAsyncDisposable
{
    private readonly Process _process;

    internal OwnedProcess(Process process) => _process = process;

    /// <summary>Runs a shell script once this process has ended, or the result is disposed.</summary>
    public static OwnedProcess RunUntilOwnerEnds(string script) =>
        new(Process.Start(new ProcessStartInfo("/bin/sh", ["-c", WhenInputEnds(script)]) { RedirectStandardInput = true })!);

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    internal static string WhenInputEnds(string script) => $"trap '' INT TERM HUP; cat >/dev/null; {script}";
}
