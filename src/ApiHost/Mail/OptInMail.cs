using System.Globalization;
using System.Net.Mail;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Web;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Mail;

/// <summary>
/// The mail of a double opt-in. It says nothing that came with the sign-up, for that may be anybody's: names in such mails have been used
/// to send spam.
/// </summary>
internal static class OptInMail
{
    /// <summary>Whether a lead is to be asked.</summary>
    public static bool IsWanted(Lead lead, CampaignSettings settings) =>
        settings.DoubleOptIn && lead is { Email: not null, Profile: { VerifiedEmail: false, OptedOut: false, Fraudulent: false } };

    public static OutgoingMail Compose(
        long deliveryId, MailAddress to, Lead lead, CampaignSettings settings, LeadLinks links, string address)
    {
        var verify = $"{address}{WebPaths.Verification}/{links.Create(LinkPurpose.Verification, lead.CampaignId, lead.Id)}";
        var optOut = $"{address}{WebPaths.OptOut}/{links.Create(LinkPurpose.OptOut, lead.CampaignId, lead.Id)}";
        var text = $"""
            Somebody signed up for {SmtpMailSender.OneLine(settings.Name)} with this e-mail address. If it was you, please confirm it:

            {verify}

            The link is good for {LeadLinks.LifetimeDays(LinkPurpose.Verification)} days. If it was not you, you need not do anything.
            To get no more mail of this kind:

            {optOut}?{OptOutPages.ConfirmParameter}=1

            """;
        return new OutgoingMail(
            string.Create(CultureInfo.InvariantCulture, $"opt-in-{deliveryId}"),
            to,
            $"Please confirm your e-mail address for {settings.Name}",
            text.ReplaceLineEndings("\r\n"),
            optOut);
    }
}
