using System.Net.Sockets;
using System.Runtime.InteropServices;
using LeadEngine.Benchmarks;
using LeadEngine.Benchmarks.Reports;
using LeadEngine.Benchmarks.Scenarios;
using LeadEngine.Benchmarks.Targets;

BenchmarkOptions options;
try
{
    options = BenchmarkOptions.Parse(args);
}
catch (FormatException wrong)
{
    Console.Error.WriteLine(wrong.Message);
    Console.Error.WriteLine(BenchmarkOptions.Usage);
    return 2;
}

if (options.IsList)
{
    Console.WriteLine($"scenarios: {string.Join(' ', ScenarioCatalog.All.Select(scenario => scenario.Name))}");
    Console.WriteLine($"targets: {string.Join(' ', TargetNames.All)}");
    return 0;
}

using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

static bool IsOfStopping(Exception ended) => ended is OperationCanceledException or SocketException or HttpRequestException;

using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Stop);

using var folder = new TemporaryFolder();
try
{
    await using var targets = new TargetCatalog(folder.Path);
    var cases = await CaseList.PrepareAsync(options, targets, stop.Token);
    await new BenchmarkRun(options, targets).RunAsync(cases.Ready, stop.Token);
    return await Report.WriteAsync(cases, options, targets.PostgresVersion);
}
// Ctrl-C reaches the servers too, so what is seen first may be that they are gone.
catch (Exception ended) when (stop.IsCancellationRequested && IsOfStopping(ended))
{
    Console.Error.WriteLine("Stopped.");
    return 130;
}
