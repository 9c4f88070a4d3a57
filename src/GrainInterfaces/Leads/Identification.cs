namespace LeadEngine.Leads;

/// <summary>
/// Which of a request's values say whom it is about. The others are contact data: they are kept in the profile, and become identifiers of
/// the lead as well if no other lead of the campaign has them.
/// </summary>
public enum Identification
{
    /// <summary>The e-mail address, else the phone number: KickoffLabs.</summary>
    EmailThenPhone,

    /// <summary>The phone number alone: Aktify.</summary>
    Phone,

    /// <summary>The e-mail address alone: SendKit.</summary>
    Email,
}
