using System.Diagnostics;

namespace LeadEngine.TestSupport;

/// <summary>The programs of a PostgreSQL server, run by a user who may run them: the server refuses to be run by root.</summary>
internal static class PostgresPrograms
{
    private const string Missing =
        "PostgreSQL's server programs are not here: initdb and pg_ctl in pg_config --bindir or /usr/lib/postgresql/*/bin.";

    private const string NoUser = "PostgreSQL refuses to be run by root, and this machine has no user postgres to run it instead.";

    private static readonly string? Folder = FindFolder();
    private static readonly bool IsRoot = Environment.UserName == "root";

    public static string? WhyAbsent { get; } = Folder is null ? Missing : IsRoot && !HasUser() ? NoUser : null;

    /// <summary>Runs a shell script.</summary>
    /// <returns>What it printed.</returns>
    public static async Task<string> Run(string script)
    {
        using var process = Process.Start(Shell(script))!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0) throw new InvalidOperationException($"{script}\nended with {process.ExitCode}: {await errors}");
        return (await output).Trim();
    }

    /// <summary>Runs a shell script once this process has ended, or the result is disposed.</summary>
    public static OwnedProcess RunUntilOwnerEnds(string script) =>
        new(Process.Start(Shell(OwnedProcess.WhenInputEnds(script)))!);

    private static ProcessStartInfo Shell(string script)
    {
        var withPath = $"PATH={Folder}:$PATH; cd /; {script}";
        var start = IsRoot
            ? new ProcessStartInfo("su", ["-s", "/bin/sh", "postgres", "-c", withPath])
            : new ProcessStartInfo("/bin/sh", ["-c", withPath]);
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        return start;
    }

    private static string? FindFolder()
    {
        if (OperatingSystem.IsWindows()) return null;
        var candidates = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").Select(version => $"{version}/bin").OrderDescending()
            : Enumerable.Empty<string>();
        return candidates.Prepend(ConfiguredFolder())
            .FirstOrDefault(folder => File.Exists($"{folder}/initdb") && File.Exists($"{folder}/pg_ctl"));
    }

    private static bool HasUser() =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal));

    private static string? ConfiguredFolder()
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("pg_config", "--bindir") { RedirectStandardOutput = true })!;
            return process.StandardOutput.ReadToEnd().Trim();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null;
        }
    }
}
