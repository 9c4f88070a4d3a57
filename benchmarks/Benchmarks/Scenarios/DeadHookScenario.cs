using LeadEngine.Benchmarks.Targets;

namespace LeadEngine.Benchmarks.Scenarios;

/// <summary>
/// New people of whom a webhook tells a receiver that is dead, in each way of being so, in turn with the same without a webhook and with
/// a receiver that listens. One that is silent holds the few tries that it may have, so that no more begin: what is left is the events' rows.
/// </summary>
internal sealed class DeadHookScenario : TargetScenario
{
    private const int Turns = 3;

    private static readonly ReceiverConduct[] Dead = [ReceiverConduct.Refuses, ReceiverConduct.IsSilent, ReceiverConduct.Babbles];

    public override string Name => "deadhook";

    public override string Title => "new leads, told to a dead receiver";

    public override int MaxRounds => 1;

    public override string? WhyNot(Target target) => target.TakesMillions ? null : NoMillions;

    public override async Task<Measurement> RunAsync(ScenarioContext context, CancellationToken token)
    {
        var runs = new ToldRuns();
        for (var turn = 0; turn < Turns; turn++)
        {
            runs.Add(await TellNobodyAsync(context, token));
            foreach (var conduct in Dead) runs.Add(await TellAsync(context, conduct, token));
            runs.Add(await TellAsync(context, ReceiverConduct.Listens, token));
        }

        return runs.Middle(Dead.MinBy(runs.Share)) with
        {
            Note = $"{runs.Tell()}; memory {context.Target.ResidentBytes() / 1_000_000} MB",
            Fault = runs.Fault,
        };
    }

    private static async Task<ToldRun> TellNobodyAsync(ScenarioContext context, CancellationToken token)
    {
        var audience = await context.OpenAudienceAsync(token);
        return new(null, await MeasureAsync(context, audience, token), Events: 0, Delivered: 0);
    }

    private static async Task<ToldRun> TellAsync(ScenarioContext context, ReceiverConduct conduct, CancellationToken token)
    {
        var audience = await context.OpenAudienceAsync(token);
        await using var receiver = new Receiver(conduct);
        var webhook = await context.Target.AddWebhookAsync(receiver.Address, token);
        try
        {
            var measured = await MeasureAsync(context, audience, token);
            return new(conduct, measured, audience.Acknowledged, conduct == ReceiverConduct.Listens ? receiver.Answered : 0);
        }
        finally
        {
            // What waits goes too, so that no later run pays for it.
            await context.Target.RemoveWebhookAsync(webhook, token);
        }
    }

    private static Task<Measurement> MeasureAsync(ScenarioContext context, Audience audience, CancellationToken token) =>
        context.MeasureAsync(audience, audience.NewLeads(), context.Plan, token);
}
