namespace LeadEngine.Durability;

/// <summary>People who sign up as fast as they are answered, until they are told to stop or the engine is gone.</summary>
internal sealed class SignupLoad(HttpClient client, long campaignId, Ledger ledger, int seed)
{
    private const int Clients = 24;

    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _enough = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Runs until so many more were acknowledged, does what it is told, and lets every client end what it has begun.</summary>
    public async Task RunUntil(int acknowledged, Func<Task> disturb)
    {
        var goal = ledger.Acknowledged + acknowledged;
        var clients = Enumerable.Range(0, Clients).Select(number => RunClient(number, goal)).ToArray();
        await Task.WhenAny(_enough.Task, Task.WhenAll(clients)).WaitAsync(TimeSpan.FromMinutes(1));
        await disturb();
        await _stop.CancelAsync();
        await Task.WhenAll(clients).WaitAsync(TimeSpan.FromMinutes(1));
    }

    private async Task RunClient(int number, int goal)
    {
        var people = new People(client, campaignId, ledger, seed, number);
        while (!_stop.IsCancellationRequested && await people.SignUpNext() is not null)
        {
            if (ledger.Acknowledged >= goal) _enough.TrySetResult();
        }
    }
}
