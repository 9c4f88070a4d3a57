using System.Collections.Concurrent;

namespace LeadEngine.Durability;

/// <summary>
/// What a load was told, kept outside the engine, to hold against what the engine has kept: the one checker of all tests that kill, freeze
/// or stop something.
/// </summary>
internal sealed class Ledger
{
    private readonly ConcurrentDictionary<string, Account> _accounts = new();
    private int _acknowledged;
    private volatile bool _ended;

    public int Acknowledged => _acknowledged;

    /// <summary>The campaign's end was acknowledged: nobody who asks from now on may become a lead.</summary>
    public void End() => _ended = true;

    /// <summary>An upsert is about to be sent.</summary>
    public Attempt Begin(string email) => new(this, email, IsBeforeEnd: !_ended);

    /// <summary>Throws unless what the engine lists is what it has acknowledged.</summary>
    public async Task Verify(EngineApi api, long campaignId) => Verify(await api.ListLeads(campaignId));

    /// <summary>
    /// Throws unless every acknowledged lead is there once, with the rank and the count that were told, ranks are 1…N, and nobody is there
    /// who was refused or came after the end.
    /// </summary>
    public void Verify(IReadOnlyList<ListedLead> kept)
    {
        Assert.Equal(Enumerable.Range(1, kept.Count).Select(rank => (long)rank), kept.Select(lead => lead.Rank));
        Assert.Distinct(kept.Select(lead => lead.Email));
        var byEmail = kept.ToDictionary(lead => lead.Email);
        Assert.All(kept, lead => Assert.True(_accounts.ContainsKey(lead.Email), $"{lead.Email} was refused, or never signed up"));
        foreach (var (email, account) in _accounts)
        {
            if (account.Told.Count > 0) Assert.True(byEmail.ContainsKey(email), $"{email} was acknowledged and is gone");
            if (byEmail.TryGetValue(email, out var lead)) Verify(lead, account);
        }
    }

    private static void Verify(ListedLead lead, Account account)
    {
        Assert.True(account.MayBeNew, $"{lead.Email} became a lead after the end");
        Assert.All(account.Told, told => Assert.Equal(lead.Rank, told.Rank));
        // Whose answer was lost between hosts is told of a later state, so two may be told one count. But when the n-th was told, n had
        // been applied: else an update was lost.
        Assert.All(account.Told.Select(told => told.Counter).Order().Index(), told => Assert.InRange(told.Item, told.Index + 1, lead.Counter));
        Assert.InRange(lead.Counter, account.Told.Count, account.Told.Count + account.Unknown);
    }

    private void Note(Attempt attempt, Action<Account> note)
    {
        var account = _accounts.GetOrAdd(attempt.Email, _ => new Account());
        lock (account)
        {
            account.MayBeNew |= attempt.IsBeforeEnd;
            note(account);
        }
    }

    /// <summary>An upsert that was sent. Of one that was refused nothing is noted: it must have changed nothing.</summary>
    internal sealed record Attempt(Ledger Ledger, string Email, bool IsBeforeEnd)
    {
        /// <summary>It was answered with 2xx.</summary>
        public void Acknowledge(long rank, long counter)
        {
            Ledger.Note(this, account => account.Told.Add((rank, counter)));
            Interlocked.Increment(ref Ledger._acknowledged);
        }

        /// <summary>No answer came, or one that does not say whether it took effect.</summary>
        public void Wonder() => Ledger.Note(this, account => account.Unknown++);
    }

    private sealed class Account
    {
        public List<(long Rank, long Counter)> Told { get; } = [];

        public int Unknown { get; set; }

        public bool MayBeNew { get; set; }
    }
}
