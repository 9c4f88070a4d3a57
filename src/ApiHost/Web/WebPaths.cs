namespace LeadEngine.ApiHost.Web;

/// <summary>Where our pages are. Links to them are in mails that have been sent, so these stay.</summary>
internal static class WebPaths
{
    public const string OptOut = "/opt-out";
    public const string Verification = "/verify";
    public const string PhoneVerification = "/verify-phone";
}
