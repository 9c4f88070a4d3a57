using LeadEngine.Accounts;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Limits;
using LeadEngine.ApiHost.Security;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>Finds out for whom a request speaks.</summary>
internal sealed class AktifyAccess(ApiKeys keys, RateLimiter limiter)
{
    public const string Header = "x-api-key";

    /// <summary>What the key of a request is good for, if its account may send one more.</summary>
    public async ValueTask<Checked<KeyGrant>> Check(HttpRequest request, Deadline deadline)
    {
        if (request.Headers[Header].ToString() is not { Length: > 0 } key) return AktifyFaults.MissingApiKey;
        try
        {
            if (await deadline.Bound(keys.Find(key)) is not { } grant) return AktifyFaults.InvalidApiKey;
            return await deadline.Bound(limiter.CheckAccount(grant.AccountId)) is { } limited ? limited : grant;
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return Faults.Busy;
        }
    }
}
