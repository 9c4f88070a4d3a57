using LeadEngine.Simulation.Engine;
using LeadEngine.Webhooks;

namespace LeadEngine.Simulation.Clients;

/// <summary>Has webhooks of an account: makes some, switches them off and on and removes them for as long as others use it.</summary>
internal sealed class Subscriber(long accountId, World world, Client client, Town town, WebhookPlan plan)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);
    private static readonly long AllKinds = Enum.GetValues<EventKind>().Sum(Subscription.Bit);

    private readonly SortedDictionary<long, Subscription> _known = [];
    private int _made;

    private Chance Chance => world.Chance;

    public async Task Run(Task others)
    {
        while (!others.IsCompleted)
        {
            await world.Pause(Chance.About(Pause));
            if (_known.Count == 0) await Add();
            else await Act(Chance.Of([.. _known.Values]));
        }
    }

    public async Task Add()
    {
        var ofAccount = town.Campaigns.Where(campaign => Town.AccountOf(campaign) == accountId).ToList();
        Learn(await client.Subscribe(new Subscription
        {
            AccountId = accountId,
            CampaignId = Chance.Happens(0.5) ? Chance.Of(ofAccount) : null,
            Channel = Chance.Of([(0.6, Channel.KickoffLabs), (0.15, Channel.Aktify), (0.25, Channel.SendKit)]),
            Url = $"https://a{accountId}.example/{++_made}",
            Kinds = DrawKinds(),
            Secret = [.. Enumerable.Repeat((byte)_made, 32)],
            Retries = Chance.Of([null, null, 0, 1, (int?)2]),
            TimeoutMs = (int)plan.Timeout.TotalMilliseconds,
        }));
    }

    private async Task Act(Subscription subscription)
    {
        switch (Chance.Between(1, 10))
        {
            case <= 2:
                await Add();
                break;
            case <= 4:
                Learn(await client.Subscribe(subscription with { DisabledFor = "Its owner wants so." }));
                break;
            case <= 6:
                Learn(await client.Subscribe(subscription with { DisabledFor = null }));
                break;
            case 7:
                Learn(await client.Subscribe(subscription with { Kinds = DrawKinds() }));
                break;
            case 8:
                if (await client.Unsubscribe(subscription) is not null) _known.Remove(subscription.Id);
                break;
            default:
                await client.Replay(subscription);
                break;
        }
    }

    private void Learn(Told<Subscription?>? told)
    {
        if (told?.Value is { } subscription) _known[subscription.Id] = subscription;
    }

    private long DrawKinds() =>
        Chance.Happens(0.5) ? AllKinds : (Chance.Random.NextInt64() & AllKinds) | Subscription.Bit(EventKind.Signup);
}
