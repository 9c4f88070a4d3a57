namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>The names of the fields of a lead (aktify-add-lead.txt).</summary>
internal static class Field
{
    public const string PhoneNumber = "phoneNumber";
    public const string Region = "region";
    public const string ZipCode = "zipCode";
    public const string Email = "email";
    public const string ExternalCreated = "externalCreated";
    public const string ExternalLeadId = "externalLeadId";
    public const string FirstName = "firstName";
    public const string LastName = "lastName";
    public const string Source = "source";
    public const string Link = "link";
    public const string Metadata = "metadata";
    public const string LinkToShorten = "linkToShorten";
    public const string PhoneNumbers = "phoneNumbers";
}
