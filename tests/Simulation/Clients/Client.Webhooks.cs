using LeadEngine.Webhooks;

namespace LeadEngine.Simulation.Clients;

/// <summary>What owners ask about their webhooks.</summary>
internal sealed partial class Client
{
    public Task<Told<Subscription?>?> Subscribe(Subscription subscription) =>
        Persist(testimony.Subscribings, new Subscribing(subscription), (host, command) => host.Subscribe(command));

    public Task<Told<bool>?> Unsubscribe(Subscription subscription) => Persist(
        testimony.Unsubscribings, new Unsubscribing(subscription.AccountId, subscription.Id), (host, command) => host.Unsubscribe(command));

    public Task<Told<int>?> Replay(Subscription subscription) =>
        Persist(testimony.Replays, new Replaying(subscription.AccountId, subscription.Id), (host, command) => host.Replay(command));
}
