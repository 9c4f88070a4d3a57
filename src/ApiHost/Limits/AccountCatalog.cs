using LeadEngine.Accounts;
using LeadEngine.ApiHost.Caching;
using LeadEngine.ApiHost.Leads;

namespace LeadEngine.ApiHost.Limits;

/// <summary>What is set of accounts, remembered for a moment.</summary>
internal sealed class AccountCatalog(IGrainFactory grains, EngineCalls calls, Deadlines deadlines, TimeProvider clock)
{
    private const int MaxAccounts = 10_000;

    // How long a changed setting may go unnoticed on another host.
    private static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    private readonly ShortLivedCache<long, Account?> _accounts = new(Memory, MaxAccounts, clock);

    /// <summary>An account; null when there is none.</summary>
    public ValueTask<Account?> Find(long accountId) =>
        _accounts.TryGet(accountId, out var account) ? new(account) : Ask(accountId);

    /// <summary>Asks anew next time: the account was just changed.</summary>
    public void Forget(long accountId) => _accounts.Forget(accountId);

    private ValueTask<Account?> Ask(long accountId) => _accounts.Load(
        accountId,
        () => calls.UntilHeard(_ => grains.GetGrain<IAccountGrain>(accountId).Get(), deadlines.Start()),
        keep: static _ => true);
}
