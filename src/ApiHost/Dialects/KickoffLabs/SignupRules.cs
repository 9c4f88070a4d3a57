using System.Globalization;
using System.Net;
using LeadEngine.ApiHost.Http;
using LeadEngine.Grains.Leads;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>What the parameters of a create-or-update request mean (kickofflabs-create-lead.txt).</summary>
internal static class SignupRules
{
    /// <summary>The most points that one request may give or take.</summary>
    public const int MaxPoints = 99_999;

    // What the vendor takes for the source of a request that comes with a key and names none.
    private const string ApiSource = "API";

    public static Checked<Signup> Read(ParameterSet parameters, Caller caller, SocialIds socialIds, IPAddress? remoteAddress)
    {
        var problems = parameters.Problems;
        var email = Identifiers.Email(parameters);
        var phone = Identifiers.Phone(parameters, caller.Campaign.Settings.DefaultRegion);
        if (!Identifiers.IsAnyGiven(parameters)) problems.Add("", "missing_identifier", "An email or a phone_number is required.");

        var signup = new Signup
        {
            Email = email,
            Phone = phone,
            Patch = ReadPatch(parameters, remoteAddress),
            MustExist = parameters.Flag(Parameter.MustExist),
            KeepOptOut = parameters.IsProvided(Parameter.KeepOptOut),
            SkipUrls = parameters.Flag(Parameter.SkipUrls),
            SkipActions = parameters.Flag(Parameter.SkipActions),
            Points = caller.IsAuthorized ? ReadPoints(parameters) : 0,
            SkipIpCheck = caller.IsAuthorized && IsFromServer(parameters.Text(Parameter.Source)),
        };
        if (problems.ToFault() is { } fault) return fault;
        return Identify(signup, parameters, socialIds);
    }

    // With an e-mail address or a phone number a social id names the referrer, and one that names nobody says nothing.
    private static Checked<Signup> Identify(Signup signup, ParameterSet parameters, SocialIds socialIds)
    {
        if (signup.Email is null && signup.Phone is null)
        {
            return socialIds.TryDecode(Identifiers.OwnSocialId(parameters), out var leadId)
                ? signup with { LeadId = leadId }
                : KickoffLabsFaults.LeadNotFound;
        }

        return socialIds.TryDecode(Identifiers.ReferrerId(parameters), out var referrerId)
            ? signup with { ReferrerId = referrerId }
            : signup;
    }

    private static LeadPatch ReadPatch(ParameterSet parameters, IPAddress? remoteAddress) => new()
    {
        FirstName = parameters.Text(Parameter.FirstName, Parameter.GivenName),
        LastName = parameters.Text(Parameter.LastName, Parameter.FamilyName),
        Uid = parameters.Text(Parameter.Uid),
        Ip = ReadIp(parameters) ?? Plain(remoteAddress)?.ToString(),
        Referrer = parameters.Text(Parameter.PageReferrer, Parameter.Referrer),
        SignupUrl = parameters.Text(Parameter.PageUrl),
        Source = parameters.Text(Parameter.Source),
        SessionId = parameters.Text(Parameter.Sid, Parameter.SessionId),
        ClientRequestId = parameters.Text(Parameter.RequestId),
        RedirectUrl = ReadRedirect(parameters),
        CustomFields = [.. parameters.CustomFields],
        Utm = [.. parameters.Utm],
    };

    // Servers sign everybody up from one address.
    private static bool IsFromServer(string? source) => source is null || source.Equals(ApiSource, StringComparison.OrdinalIgnoreCase);

    private static string? ReadIp(ParameterSet parameters)
    {
        if (parameters.Text(Parameter.Ip) is not { } text) return null;
        if (IPAddress.TryParse(text.AsSpan().Trim(), out var address)) return Plain(address)!.ToString();
        parameters.Problems.Add(Parameter.Ip, "invalid_ip", "must be an IP address");
        return null;
    }

    private static IPAddress? Plain(IPAddress? address) => address is { IsIPv4MappedToIPv6: true } ? address.MapToIPv4() : address;

    private static string? ReadRedirect(ParameterSet parameters)
    {
        if (parameters.Text(Parameter.RedirectUrl) is not { } text) return null;
        if (WebAddress.IsWebAddress(text)) return text;
        parameters.Problems.Add(Parameter.RedirectUrl, "invalid_redirect_url", "must be an absolute http or https address");
        return null;
    }

    private static int ReadPoints(ParameterSet parameters)
    {
        if (parameters.Text(Parameter.Points) is not { } text) return 0;
        if (int.TryParse(text.AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var points)
            && points is >= -MaxPoints and <= MaxPoints) return points;
        parameters.Problems.Add(Parameter.Points, "invalid_points", $"must be a whole number from -{MaxPoints} to {MaxPoints}");
        return 0;
    }
}
