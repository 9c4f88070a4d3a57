using System.Collections.Concurrent;
using System.Net;

namespace LeadEngine.Durability.Cluster;

/// <summary>Clients on all API hosts that sign people up at a steady pace, whatever they are answered.</summary>
internal sealed class SteadyLoad : IAsyncDisposable
{
    private const int Clients = 16;

    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly ConcurrentQueue<Answer> _answers = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _clients;
    private int _served;

    public SteadyLoad(HttpClient[] hosts, long campaignId, Ledger ledger) =>
        _clients = [.. Enumerable.Range(0, Clients).Select(number =>
            Run(number, new People(hosts[number % hosts.Length], campaignId, ledger, seed: 1, number)))];

    public Answer[] Answers => [.. _answers];

    /// <summary>Waits until so many more requests were served.</summary>
    public Task UntilServed(int more)
    {
        var goal = Volatile.Read(ref _served) + more;
        return Until(() => Volatile.Read(ref _served) >= goal, $"{more} requests served");
    }

    /// <summary>Waits until somebody was turned away, or not answered, who had asked after a moment.</summary>
    public Task UntilNoticed(long moment) => Until(() => _answers.Any(answer => answer.Sent > moment && !answer.IsServed), "a fault noticed");

    /// <summary>Waits until each client was served that had asked after a moment.</summary>
    public Task UntilAllServed(long moment) => Until(() => FirstServed(moment).Count() == Clients, "every client served again");

    /// <summary>The first answer with which each client was served that it had asked for after a moment.</summary>
    public IEnumerable<Answer> FirstServed(long moment) =>
        _answers.Where(answer => answer.Sent > moment && answer.IsServed).DistinctBy(answer => answer.Client);

    /// <summary>Lets every client end what it has begun.</summary>
    public async Task Stop()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_clients);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _stop.Dispose();
    }

    private async Task Run(int number, People people)
    {
        using var tick = new PeriodicTimer(Pace);
        while (!_stop.IsCancellationRequested)
        {
            var sent = TimeProvider.System.GetTimestamp();
            var answer = new Answer(number, sent, await people.SignUpNext(), TimeProvider.System.GetTimestamp());
            _answers.Enqueue(answer);
            if (answer.IsServed) Interlocked.Increment(ref _served);
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }
    }

    private static async Task Until(Func<bool> isSo, string what)
    {
        using var timeout = new CancellationTokenSource(Patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!isSo())
        {
            if (timeout.IsCancellationRequested) throw new TimeoutException($"No {what} within {Patience}.");
            await tick.WaitForNextTickAsync(CancellationToken.None);
        }
    }
}

/// <summary>What a client was told, and when: time stamps of the system's clock.</summary>
internal sealed record Answer(int Client, long Sent, HttpStatusCode? Status, long Received)
{
    /// <summary>Whether the engine did its work: after a campaign's end, that is to say so.</summary>
    public bool IsServed => Status is HttpStatusCode.OK or HttpStatusCode.Locked;

    public TimeSpan Took => TimeProvider.System.GetElapsedTime(Sent, Received);
}
