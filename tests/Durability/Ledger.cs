using System.Collections.Concurrent;

namespace LeadEngine.Durability;

/// <summary>What a load was told, kept outside the engine, to hold against what the engine has kept.</summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, Account> _accounts = new();
    private int _acknowledged;

    public int Acknowledged => _acknowledged;

    /// <summary>An upsert was answered with 2xx.</summary>
    public void Acknowledge(string email, long rank, long counter)
    {
        var account = AccountOf(email);
        lock (account) account.Told.Add((rank, counter));
        Interlocked.Increment(ref _acknowledged);
    }

    /// <summary>No answer came, or one that does not say whether the upsert took effect.</summary>
    public void Wonder(string email)
    {
        var account = AccountOf(email);
        lock (account) account.Unknown++;
    }

    /// <summary>Throws unless every acknowledged lead is there once, with the rank and the count that were told, and ranks are 1…N.</summary>
    public void Verify(IReadOnlyList<ListedLead> kept)
    {
        Assert.Equal(Enumerable.Range(1, kept.Count).Select(rank => (long)rank), kept.Select(lead => lead.Rank));
        Assert.Distinct(kept.Select(lead => lead.Email));
        var byEmail = kept.ToDictionary(lead => lead.Email);
        Assert.All(kept, lead => Assert.True(_accounts.ContainsKey(lead.Email), $"{lead.Email} signed up by itself"));
        foreach (var (email, account) in _accounts)
        {
            if (account.Told.Count > 0) Assert.True(byEmail.ContainsKey(email), $"{email} was acknowledged and is gone");
            if (byEmail.TryGetValue(email, out var lead)) Verify(lead, account);
        }
    }

    private static void Verify(ListedLead lead, Account account)
    {
        Assert.All(account.Told, told => Assert.Equal(lead.Rank, told.Rank));
        Assert.Distinct(account.Told.Select(told => told.Counter)); // Two with one count: an update was lost.
        Assert.InRange(lead.Counter, account.Told.Count, account.Told.Count + account.Unknown);
        Assert.All(account.Told, told => Assert.InRange(told.Counter, 1, lead.Counter));
    }

    private Account AccountOf(string email) => _accounts.GetOrAdd(email, _ => new Account());

    private sealed class Account
    {
        public List<(long Rank, long Counter)> Told { get; } = [];

        public int Unknown { get; set; }
    }
}
