namespace LeadEngine.Fuzz.Api;

/// <summary>Operations that requests get through to by luck at most, and why. All that they refuse is tried nevertheless.</summary>
internal static class OutOfReach
{
    private const string ByDesign = "It is there to say what is wrong with the path: nothing gets through by design.";
    private const string LinkByMail = "Its links come by mail only, and no answer tells one.";
    private const string CodeByText = "It takes the code of a text message, which only the gateway is told, or a number that was verified before.";

    public static readonly IReadOnlyDictionary<string, string> Why = new Dictionary<string, string>
    {
        ["POST /v2/{campaign_id}/{action_name}"] = ByDesign,
        ["POST /v2/{campaign_id}/actions"] = ByDesign,
        ["GET /verify/{token}"] = LinkByMail,
        ["HEAD /verify/{token}"] = LinkByMail,
        ["POST /verify/{token}"] = LinkByMail,
        ["POST /verify-phone/{token}"] = CodeByText,
        ["POST /v2/{campaign_id}/verify-phone-number"] = CodeByText,
    };
}
