using LeadEngine.Webhooks;

namespace LeadEngine.Simulation.Clients;

/// <summary>What a host does for those who have webhooks.</summary>
internal sealed partial class Host
{
    public Task<Told<Subscription?>?> Subscribe(Subscribing command)
    {
        var webhooks = Webhooks(command.Subscription.AccountId);
        return Hear(command.Subscription.Id == 0 ? webhooks.Add(command.Subscription) : webhooks.Change(command.Subscription));
    }

    public Task<Told<bool>?> Unsubscribe(Unsubscribing command) => Hear(Webhooks(command.AccountId).Remove(command.SubscriptionId));

    public Task<Told<int>?> Replay(Replaying command) => Hear(Webhooks(command.AccountId).Replay(command.SubscriptionId, []));

    private IWebhookGrain Webhooks(long accountId) => Grains.GetGrain<IWebhookGrain>(accountId);
}
