using System.Diagnostics;
using LeadEngine.Accounts;
using LeadEngine.ApiHost.Http;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Admin;

/// <summary>The faults of the administration, and the one table from refusals to them.</summary>
internal static class AdminFaults
{
    public static readonly Fault AccountNotFound = new(StatusCodes.Status404NotFound, "account_not_found", "There is no such account.");

    public static readonly Fault CampaignNotFound = new(StatusCodes.Status404NotFound, "campaign_not_found", "There is no such campaign.");

    public static Fault Invalid(IEnumerable<FaultDetail> details) =>
        new(StatusCodes.Status400BadRequest, "invalid_request", "The request is not valid.") { Details = [.. details] };

    public static Fault Of(LeadRefusal refusal) => refusal switch
    {
        LeadRefusal.CampaignNotFound => CampaignNotFound,
        LeadRefusal.Busy or LeadRefusal.AskAgain => Faults.Busy,
        LeadRefusal.Unknown => Faults.Unknown,
        _ => throw new UnreachableException($"A campaign does not answer {refusal}."),
    };

    public static Fault Of(AccountRefusal refusal) => refusal switch
    {
        AccountRefusal.AccountNotFound => AccountNotFound,
        AccountRefusal.CampaignNotFound => CampaignNotFound,
        _ => throw new UnreachableException($"An account that exists does not answer {refusal}."),
    };
}
