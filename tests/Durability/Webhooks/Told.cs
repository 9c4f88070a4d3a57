using System.Collections.Immutable;

namespace LeadEngine.Durability.Webhooks;

/// <summary>What the receiver has to have heard by what the engine has kept.</summary>
/// <param name="stayed">The leads of the campaign that nobody left.</param>
/// <param name="left">What is left of the campaign that people left.</param>
/// <param name="leavers">Who they were.</param>
internal sealed class Told(IReadOnlyList<ListedLead> stayed, IReadOnlyList<ListedLead> left, Leavers leavers)
{
    private const string Removed = "lead.removed";

    private readonly Dictionary<string, long> _counters = stayed.Concat(left).ToDictionary(lead => lead.Email, lead => lead.Counter);
    private readonly HashSet<string> _gone = [.. leavers.Acknowledged.Except(left.Select(lead => lead.Email))];

    /// <summary>Waits until all was told, or it takes too long.</summary>
    public async Task AwaitAll(FlakyReceiver receiver, TimeSpan patience)
    {
        using var end = new CancellationTokenSource(patience);
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!HasAll(receiver.Receipts) && !end.IsCancellationRequested) await tick.WaitForNextTickAsync();
    }

    /// <summary>Throws unless every change was told of under an id of its own, in order, and nobody heard of whom there never was.</summary>
    public void Verify(ImmutableArray<Receipt> receipts)
    {
        var ids = receipts.GroupBy(receipt => receipt.Id);
        Assert.All(ids, tries => Assert.Single(tries.DistinctBy(receipt => (receipt.Event, receipt.Who))));
        var firsts = receipts.DistinctBy(receipt => receipt.Id).ToList();
        Assert.Equal(_gone.Count, firsts.Where(first => first.Event == Removed).DistinctBy(first => first.Who).Count());
        Assert.Equal(_gone.Count, firsts.Count(first => first.Event == Removed));

        var ofLeads = firsts.Where(first => first.Event != Removed).GroupBy(first => first.Who)
            .ToDictionary(lead => lead.Key, lead => lead.ToList());
        Assert.Empty(ofLeads.Keys.Except(_counters.Keys).Except(_gone));
        Assert.All(_counters, lead => Assert.Equal(lead.Value, ofLeads[lead.Key].Count));
        Assert.All(ofLeads.Values, VerifyOrder);
        Assert.All(receipts, receipt => Assert.False(
            leavers.GoneIn.TryGetValue(receipt.Who, out var life) && receipt.Life > life, $"{receipt.Who} was told of after it was gone"));
    }

    private static void VerifyOrder(List<Receipt> events)
    {
        Assert.Equal("new_signup", events[0].Event);
        Assert.All(events.Skip(1), next => Assert.Equal("repeat_signup", next.Event));
        Assert.Equal(events.Select(told => told.Number).Order(), events.Select(told => told.Number));
    }

    private bool HasAll(ImmutableArray<Receipt> receipts)
    {
        var ids = receipts.DistinctBy(receipt => receipt.Id).ToList();
        var counts = ids.CountBy(receipt => receipt.Event == Removed ? Removed : receipt.Who).ToDictionary();
        return _counters.All(lead => counts.GetValueOrDefault(lead.Key) >= lead.Value) && counts.GetValueOrDefault(Removed) >= _gone.Count;
    }
}
