using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Texts;
using LeadEngine.ApiHost.Web;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>The addresses of a lead's own pages.</summary>
internal readonly ref struct LeadUrls(LeadView view, Lead lead, string socialId)
{
    private const string ReferrerParameter = "kid";
    private const string LeadParameter = "kolid";

    public void WriteLinks(Utf8JsonWriter json)
    {
        var settings = view.Campaign.Settings;
        var site = settings.SiteUrl ?? view.EngineAddress + "/";
        var thankyou = WebAddress.With(settings.ThankyouUrl ?? site, LeadParameter, socialId);
        json.WriteString("social_url"u8, WebAddress.With(site, ReferrerParameter, socialId));
        json.WriteString("redirect_url"u8, view.RedirectUrl ?? thankyou);
        json.WriteString("thankyou_url"u8, thankyou);
        json.WriteString("status_url"u8, thankyou);
        if (view.TextsAreOn && TextChannel.IsWanted(lead, settings))
        {
            var token = view.Keys.Links.Create(LinkPurpose.PhoneVerification, lead.CampaignId, lead.Id);
            json.WriteString("phone_number_verification_url"u8, $"{view.EngineAddress}{WebPaths.PhoneVerification}/{token}");
        }
    }

    /// <summary>
    /// The links that go into the lead's own mail. Whoever holds one can opt the lead out, so strangers get none. The safe one asks first,
    /// so that a mail scanner that follows links opts nobody out.
    /// </summary>
    public void WriteUnsubscribe(Utf8JsonWriter json)
    {
        var link = $"{view.EngineAddress}{WebPaths.OptOut}/{view.Keys.Links.Create(LinkPurpose.OptOut, lead.CampaignId, lead.Id)}";
        json.WriteStartObject("unsubscribe_url"u8);
        json.WriteString("default"u8, link);
        json.WriteString("safe"u8, $"{link}?{OptOutPages.ConfirmParameter}=1");
        json.WriteEndObject();
    }
}
