using System.Collections.Concurrent;
using System.Collections.Immutable;
using LeadEngine.Accounts;
using LeadEngine.ApiHost.Http;
using LeadEngine.Campaigns;
using LeadEngine.Limits;
using Microsoft.Extensions.Options;

namespace LeadEngine.ApiHost.Limits;

/// <summary>
/// Whether a request is within the limits: asked once it is known who sends it, and before anything is done. Each check gives null when the
/// request may go on, else the fault to answer with, and throws what the engine's silence throws.
/// </summary>
internal sealed class RateLimiter(
    IOptions<RateLimitOptions> options, RateKeepers keepers, Refusals refusals, AccountCatalog accounts, TimeProvider clock)
{
    private readonly bool _isEnabled = options.Value.Enabled;
    private readonly RateRule _campaignGets = Rule(options.Value.CampaignGets);
    private readonly RateRule _campaignPosts = Rule(options.Value.CampaignPosts);
    private readonly RateRule _clientPosts = Rule(options.Value.ClientPosts);
    private readonly RateRule _accountDeletes = Rule(options.Value.AccountDeletes);

    // One for each limit that was set by hand, so there is no need to forget any.
    private readonly ConcurrentDictionary<RateSubject, Allowance> _allowances = new();

    /// <summary>Counts a request that came without an API key that is good for it.</summary>
    /// <param name="context">The request. What is no GET counts as a POST, and so does a route that <see cref="CountsAsPost"/>.</param>
    /// <param name="campaign">The campaign that it is about; null when there is none.</param>
    public ValueTask<Fault?> CheckStranger(HttpContext context, Campaign? campaign)
    {
        if (!_isEnabled) return default;
        var counters = CountersOf(context, campaign);
        if (counters.IsEmpty) return default;
        return refusals.WaitOf(counters[0].Subject) is { } wait ? new(Faults.RateLimited(wait)) : Count(counters);
    }

    /// <summary>Counts a request of an account about one of its campaigns.</summary>
    /// <param name="context">The request: a DELETE, or another.</param>
    /// <param name="campaign">The campaign.</param>
    public ValueTask<Fault?> CheckOwner(HttpContext context, Campaign campaign) =>
        HttpMethods.IsDelete(context.Request.Method) ? CheckDeletion(campaign.AccountId) : CheckRequest(campaign.AccountId, campaign);

    /// <summary>Counts a request of an account, whatever its method.</summary>
    public ValueTask<Fault?> CheckAccount(long accountId) => CheckRequest(accountId, null);

    /// <summary>Counts a request of an account that deletes.</summary>
    public ValueTask<Fault?> CheckDeletion(long accountId)
    {
        if (!_isEnabled || _accountDeletes.Limits.IsEmpty) return default;
        var subject = new RateSubject(RateKind.AccountDeletes, accountId, 0);
        return refusals.WaitOf(subject) is { } wait ? new(Faults.RateLimited(wait)) : Count([new RateCounter(subject, _accountDeletes)]);
    }

    private static RateRule Rule(string text) => RateRuleText.TryRead(text, out var rule)
        ? rule
        : throw new ArgumentException($"{text} is no rule.", nameof(text));

    private ImmutableArray<RateCounter> CountersOf(HttpContext context, Campaign? campaign)
    {
        var client = ClientAddress.NumberOf(context.Connection.RemoteIpAddress);
        var limits = campaign?.Settings.RateLimits;
        if (HttpMethods.IsGet(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<CountsAsPost>() is null)
        {
            return campaign is null ? [] : Together(Counter(RateKind.CampaignGets, campaign.Id, limits?.Gets ?? _campaignGets), null);
        }

        return Together(
            campaign is null ? null : Counter(RateKind.CampaignPosts, campaign.Id, limits?.Posts ?? _campaignPosts),
            Counter(RateKind.ClientPosts, 0, _clientPosts));

        RateCounter? Counter(RateKind kind, long campaignId, RateRule rule) =>
            rule.Limits.IsEmpty ? null : new RateCounter(new RateSubject(kind, client, campaignId), rule);
    }

    private static ImmutableArray<RateCounter> Together(RateCounter? first, RateCounter? second) =>
        (first, second) switch
        {
            ({ } one, { } other) => [one, other],
            ({ } one, null) => [one],
            (null, { } other) => [other],
            _ => [],
        };

    private async ValueTask<Fault?> Count(ImmutableArray<RateCounter> counters)
    {
        var reply = await keepers.Ask(new RateAsk { Counters = counters });
        if (reply.Granted > 0) return null;
        var wait = TimeSpan.FromMilliseconds(reply.WaitMilliseconds);
        refusals.Add(counters[0].Subject, wait);
        return Faults.RateLimited(wait);
    }

    // Nearly all accounts and campaigns have no limit of their own: for them this is a look at what is remembered of the account.
    private ValueTask<Fault?> CheckRequest(long accountId, Campaign? campaign)
    {
        if (!_isEnabled) return default;
        var account = accounts.Find(accountId);
        if (!account.IsCompletedSuccessfully) return CheckRequest(account, accountId, campaign);
        return CheckRequest(account.Result?.RequestsPerMinute, accountId, campaign);
    }

    private async ValueTask<Fault?> CheckRequest(ValueTask<Account?> asked, long accountId, Campaign? campaign) =>
        await CheckRequest((await asked)?.RequestsPerMinute, accountId, campaign);

    private ValueTask<Fault?> CheckRequest(int? ofAccount, long accountId, Campaign? campaign)
    {
        var ofCampaign = campaign?.Settings.RateLimits.PerMinute;
        return ofAccount is null && ofCampaign is null ? default : Spend(ofAccount, ofCampaign, accountId, campaign?.Id ?? 0);
    }

    private async ValueTask<Fault?> Spend(int? ofAccount, int? ofCampaign, long accountId, long campaignId)
    {
        var account = ofAccount is null ? null : Of(new RateSubject(RateKind.AccountRequests, accountId, 0));
        if (account is not null && await account.Take(ofAccount!.Value) is { } accountWait) return Faults.RateLimited(accountWait);
        if (ofCampaign is not { } perMinute) return null;

        var campaign = Of(new RateSubject(RateKind.CampaignRequests, accountId, campaignId));
        if (await campaign.Take(perMinute) is not { } wait) return null;
        account?.GiveBack();
        return Faults.RateLimited(wait);
    }

    private Allowance Of(RateSubject subject) => _allowances.TryGetValue(subject, out var known)
        ? known
        : _allowances.GetOrAdd(subject, new Allowance(subject, keepers.Ask, clock));
}

/// <summary>Marks a GET route that changes something.</summary>
internal sealed class CountsAsPost;
