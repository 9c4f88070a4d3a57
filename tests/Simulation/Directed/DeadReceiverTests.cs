using LeadEngine.Accounts;
using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Simulation.Engine;
using LeadEngine.Webhooks;

namespace LeadEngine.Simulation.Directed;

/// <summary>A history about a receiver that takes nothing, and comes back.</summary>
public sealed class DeadReceiverTests
{
    private const long AccountId = 1;
    private const int People = 300;
    private const int Share = 8;

    // Their first tries fail, so the second ones come some seconds later, and the third ones some minutes.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(6) + SubscriptionRests.Longest;

    private static readonly WebhookPlan Dead = new()
    {
        Subscriptions = 1,
        HasOwners = false,
        IdlePause = TimeSpan.FromSeconds(0.5),
        MaxParallel = 256,
        MaxParallelPerSubscription = Share,
        Timeout = TimeSpan.FromSeconds(1),
        MostFailures = int.MaxValue,
        Failing = 1,
    };

    [Fact]
    public void Deliver_ReceiverIsDead_IsTriedRarelyAndToldAllWhenItIsBack()
    {
        var stage = new Stage(webhooks: Dead);
        var receiver = stage.Outside.Receiver!;
        stage.Play(async () =>
        {
            await SignUpMany(stage);
            await stage.World.Pause(TimeSpan.FromSeconds(20));
            // A share at once, and one after each rest: a failing receiver rests for a second at least.
            Assert.InRange(receiver.Posts.Count, SubscriptionRests.FailuresInARow, (1 + 20) * Share);

            receiver.Recover();
            await stage.World.Pause(LongestWait);
            Assert.Empty(stage.Database.Undelivered);
            Assert.Equal(People, receiver.Posts.Where(posted => posted.Succeeded).DistinctBy(posted => posted.Id).Count());
        });
    }

    private static async Task SignUpMany(Stage stage)
    {
        await stage.Ask(() => stage.Get<IAccountGrain>(AccountId).Create("Told"));
        await stage.Ask(() => stage.Get<IWebhookGrain>(AccountId).Add(new Subscription
        {
            AccountId = AccountId,
            Channel = Channel.KickoffLabs,
            Url = "https://dead.example",
            Kinds = Subscription.Bit(EventKind.Signup),
            Secret = [.. new byte[StandardWebhooks.SecretBytes]],
        }));
        await Task.WhenAll(Enumerable.Range(0, People).Select(number => stage.Upsert($"p{number}@x.org")));
    }
}
