using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Simulation.Engine;
using LeadEngine.Simulation.Promises;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation;

/// <summary>When nothing goes wrong any more, whatever is on its way to a receiver gets there when it is due.</summary>
/// <param name="world">The world.</param>
/// <param name="database">Where events wait.</param>
/// <param name="plan">How processes deliver.</param>
/// <param name="hasRoom">
/// All are delivered at once. Where the store has no room for that, those whose leads could not be read come again when their lease is over.
/// </param>
internal sealed class DeliveryEpilogue(World world, SimulatedDatabase database, WebhookPlan plan, bool hasRoom)
{
    // What was under way when the receivers recovered may still fail, and have them rest once more.
    private static readonly TimeSpan LongestTry = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestRest = SubscriptionRests.Longest;
    private static readonly TimeSpan LongestDelivery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(1);

    public async Task Run()
    {
        world.History.Add($"the last events are delivered");
        await WaitUntil(world.Time.GetUtcNow() + LongestTry + LongestRest);
        var left = int.MaxValue;
        while (true)
        {
            if (Waiting.ToList() is not { Count: > 0 } waiting) return;
            Broken.Unless(waiting.Count < left, $"Nothing is delivered, though nothing goes wrong any more: {waiting[0]}.");
            left = hasRoom ? 0 : waiting.Count;
            await WaitUntil(LastDue(waiting) + plan.IdlePause + (LongestDelivery * waiting.Count));
        }
    }

    private DateTimeOffset LastDue(List<SimulatedDatabase.DeliveryRow> waiting)
    {
        var (due, now) = (waiting.Max(row => row.DueAt!.Value), world.Time.GetUtcNow());
        return due > now ? due : now;
    }

    private IEnumerable<SimulatedDatabase.DeliveryRow> Waiting => database.Undelivered.Where(row => row.DueAt is not null);

    private async Task WaitUntil(DateTimeOffset time)
    {
        while (Waiting.Any() && world.Time.GetUtcNow() < time) await world.Pause(Look);
    }
}
