using System.Collections.Concurrent;
using LeadEngine.Leads;

namespace LeadEngine.Cluster.Tests.Engine;

/// <summary>What a person was told.</summary>
/// <param name="Replies">The answers to the two requests that the person sent at once.</param>
/// <param name="IsLate">Whether the person came after <see cref="Load.Mark"/>.</param>
internal sealed record Receipt(LeadReply[] Replies, bool IsLate);

/// <summary>
/// People who sign up one after the other, as long as it takes, through all nodes that are there: each twice at once, through two nodes,
/// and with the e-mail address written differently.
/// </summary>
internal sealed class Load
{
    private const int Clients = 24;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    private readonly ConcurrentQueue<Receipt> _receipts = new();
    private readonly SemaphoreSlim _answered = new(0);
    private readonly EngineCluster _cluster;
    private readonly SignupCampaign _campaign;
    private readonly Task[] _clients;
    private volatile bool _marked;
    private volatile bool _stopping;
    private int _people;

    private Load(EngineCluster cluster, SignupCampaign campaign)
    {
        (_cluster, _campaign) = (cluster, campaign);
        _clients = [.. Enumerable.Range(0, Clients).Select(_ => Task.Run(SignUpUntilStopped))];
    }

    public static Load Start(EngineCluster cluster, SignupCampaign campaign) => new(cluster, campaign);

    /// <summary>From now on people are late.</summary>
    public void Mark() => _marked = true;

    /// <summary>Waits until so many more people are answered who came after now.</summary>
    public async Task Answered(int people)
    {
        while (_answered.Wait(0))
        {
        }

        for (var count = 0; count < Clients + people; count++)
        {
            if (await _answered.WaitAsync(Patience)) continue;
            await Stop();
            Assert.Fail("Nobody was answered any more.");
        }
    }

    /// <summary>Lets those who are under way finish.</summary>
    public async Task<Receipt[]> Stop()
    {
        _stopping = true;
        await Task.WhenAll(_clients);
        return [.. _receipts];
    }

    private async Task SignUpUntilStopped()
    {
        while (!_stopping)
        {
            var (person, isLate, nodes) = (Interlocked.Increment(ref _people), _marked, _cluster.Nodes);
            var replies = await Task.WhenAll(
                _campaign.Send(_campaign.SignUp($"p{person}@example.com"), nodes[person % nodes.Length]),
                _campaign.Send(_campaign.SignUp($" P{person}@Example.COM "), nodes[(person + 1) % nodes.Length]));
            _receipts.Enqueue(new(replies, isLate));
            _answered.Release();
        }
    }
}
