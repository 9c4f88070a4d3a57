using LeadEngine.Simulation.Engine;
using LeadEngine.Simulation.Promises;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation;

/// <summary>When nothing goes wrong any more, whatever is on its way to a receiver gets there when it is due.</summary>
internal sealed class DeliveryEpilogue(World world, SimulatedDatabase database, WebhookPlan plan)
{
    // What was under way when the receivers recovered may still fail.
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestDelivery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public async Task Run()
    {
        world.History.Add($"the last events are delivered");
        await WaitUntil(world.Time.GetUtcNow() + LongestTry);
        if (Waiting.ToList() is not { Count: > 0 } waiting) return;

        var due = waiting.Max(row => row.DueAt!.Value);
        var now = world.Time.GetUtcNow();
        await WaitUntil((due > now ? due : now) + plan.IdlePause + (LongestDelivery * waiting.Count));
        var late = Waiting.FirstOrDefault();
        Broken.Unless(late is null, $"Event {late?.Id} is not delivered, though nothing goes wrong any more: {late}.");
    }

    private IEnumerable<SimulatedDatabase.DeliveryRow> Waiting => database.Undelivered.Where(row => row.DueAt is not null);

    private async Task WaitUntil(DateTimeOffset time)
    {
        while (Waiting.Any() && world.Time.GetUtcNow() < time) await world.Pause(Look);
    }
}
