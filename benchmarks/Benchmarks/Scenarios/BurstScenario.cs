using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>A million new people for a freshly started server; its memory at the peak, and when left alone for a while.</summary>
internal sealed class BurstScenario : TargetScenario
{
    private const int People = 1_000_000;
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(2);

    public override string Name => "burst";

    public override string Title => "1 million new leads";

    public override int MaxRounds => 1;

    public override string? WhyNot(Target target) => target.TakesMillions ? null : NoMillions;

    public override async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken token)
    {
        await context.Target.RestartAsync(token);
        var audience = await context.OpenAudienceAsync(token);
        var plan = context.Plan with { WarmUp = TimeSpan.Zero, Duration = Limit, MaxRequests = People };
        var measurement = await context.MeasureAsync(audience, audience.NewLeads(), plan, token);
        SizeScenario.GoOnFrom(context.Target, audience);
        await Task.Delay(Rest, token);
        var (peak, rested) = (context.Target.PeakResidentBytes(), context.Target.ResidentBytes());
        return measurement with { Note = $"memory {Megabytes(peak)} at the peak, {Megabytes(rested)} two minutes later" };
    }

    private static string Megabytes(long bytes) => $"{bytes / 1_000_000} MB";
}
