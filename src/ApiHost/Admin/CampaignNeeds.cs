using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Mail;
using LeadEngine.ApiHost.Texts;
using LeadEngine.Campaigns;

namespace LeadEngine.ApiHost.Admin;

/// <summary>What settings of campaigns need that this installation may not have.</summary>
internal sealed class CampaignNeeds(IMailSender mail, ITextSender texts)
{
    /// <summary>What cannot be switched on here; what is on already stays so, and waits.</summary>
    /// <returns>Null when nothing is missing.</returns>
    public Fault? WhatIsMissing(CampaignSettings? before, CampaignSettings next)
    {
        FaultDetail[] missing = [.. Missing(before, next)];
        return missing.Length > 0 ? AdminFaults.Invalid(missing) : null;
    }

    private IEnumerable<FaultDetail> Missing(CampaignSettings? before, CampaignSettings next)
    {
        if (next.DoubleOptIn && before is not { DoubleOptIn: true } && !mail.IsOn)
        {
            const string Missing = "double_opt_in needs mail: set Mail:Host or Mail:Folder, Mail:From and Http:PublicUrl.";
            yield return new("double_opt_in", "mail_not_set", Missing);
        }

        if (next.PhoneVerification && before is not { PhoneVerification: true } && !texts.IsOn)
        {
            yield return new("phone_verification", "texts_not_set", "phone_verification needs text messages: set Texts:Url.");
        }
    }
}
