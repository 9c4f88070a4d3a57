using LeadEngine.TestSupport;
using Xunit.Abstractions;

namespace LeadEngine.Fuzz;

/// <summary>Hostile requests to every endpoint there is: each gets a clear answer, and no promise is broken by them.</summary>
public sealed class FuzzTests(ITestOutputHelper output)
{
    [Fact]
    public Task Engine_OnSqlite_WithstandsHostileRequests() => Run(new FuzzOptions { Requests = 8_000 });

    [PostgresFact]
    public Task Engine_OnPostgres_WithstandsHostileRequests() => Run(new FuzzOptions { Requests = 3_000, Store = "postgres", Seed = 2 });

    private async Task Run(FuzzOptions options)
    {
        var report = await FuzzRun.Run(options);
        output.WriteLine($"{report}");
        Assert.True(report.Sent >= options.Requests, $"{report.Sent} requests were sent");
        Assert.True(report.Deliveries > 0, "No webhook was called.");
        Assert.Empty(report.Findings);
    }
}
