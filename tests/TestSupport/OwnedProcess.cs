using System.Diagnostics;

namespace LeadEngine.TestSupport;

/// <summary>
/// A process that does its work when its input ends: the operating system closes it when this process ends, even when it is killed.
/// </summary>
internal sealed class OwnedProcess(Process process) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
