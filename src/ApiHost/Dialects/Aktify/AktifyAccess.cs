using LeadEngine.Accounts;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Security;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>Finds out for whom a request speaks.</summary>
internal sealed class AktifyAccess(ApiKeys keys)
{
    public const string Header = "x-api-key";

    /// <summary>What the key of a request is good for.</summary>
    public async ValueTask<Checked<KeyGrant>> Check(HttpRequest request, Deadline deadline)
    {
        if (request.Headers[Header].ToString() is not { Length: > 0 } key) return AktifyFaults.MissingApiKey;
        try
        {
            return await deadline.Bound(keys.Find(key)) is { } grant ? grant : AktifyFaults.InvalidApiKey;
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return Faults.Busy;
        }
    }
}
