using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;

namespace LeadEngine.Embedded.Tests.Runtime;

public interface IRestlessGrain : IGrainWithStringKey
{
    Task<bool> Work(int number);
}

internal sealed class RestlessGrain(ConcurrentDictionary<string, Grain> alive) : Grain, IRestlessGrain
{
    public async Task<bool> Work(int number)
    {
        if (number % 3 == 0) await Task.Yield();
        if (number % 5 == 0) DeactivateOnIdle();
        if (number % 7 == 0) throw new FormatException("as asked");
        return alive.TryGetValue(this.GetPrimaryKeyString(), out var me) && me == this;
    }

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        if (!alive.TryAdd(this.GetPrimaryKeyString(), this)) throw new InvalidOperationException("Two at a time.");
        await Task.Yield();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        alive.TryRemove(new(this.GetPrimaryKeyString(), this));
    }
}

public sealed class StressTests
{
    [Fact(Timeout = 60_000)]
    public async Task Calls_WhileActivationsComeAndGo_AreAllAnsweredByTheOneThatIsAlive()
    {
        await using var silo = await TestSilo.StartAsync(services => services.AddSingleton<ConcurrentDictionary<string, Grain>>());
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 16).Select(client => Task.Run(async () =>
        {
            var (answered, refused, rejected) = (0, 0, 0);
            for (var i = 0; i < 2000; i++)
            {
                var number = (i * 31) + client;
                try
                {
                    if (client == 0 && i % 97 == 0) silo.Time.Advance(TimeSpan.FromSeconds(30));
                    if (await silo.Get<IRestlessGrain>($"{number % 3}").Work(number)) answered++;
                }
                catch (FormatException) when (number % 7 == 0)
                {
                    refused++;
                }
                catch (OrleansMessageRejectionException)
                {
                    rejected++;
                }
            }

            return (answered, refused, rejected);
        })));
        Assert.All(outcomes, outcome => Assert.Equal(2000, outcome.answered + outcome.refused + outcome.rejected));
        Assert.All(outcomes, outcome => Assert.InRange(outcome.refused, 1, 1000));
        await silo.StopAsync();
        Assert.Empty(silo.Runtime.Activations);
    }
}
