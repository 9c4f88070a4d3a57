using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.Grains.Leads;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>What the fields of a lead mean (aktify-add-lead.txt).</summary>
internal static class SubmissionRules
{
    private const string UnitedStates = "US";

    // Of those that share the calling code 1; the others of the freely associated states have codes of their own.
    private static readonly string[] UsRegions = [UnitedStates, "PR", "VI", "GU", "AS", "MP"];

    public static Checked<Submission> Read(JsonElement body)
    {
        var problems = new FieldProblems();
        var sent = SentLead.Read(body, problems);
        var (phone, state, email) = (Phone(sent, problems), State(sent, problems), Email(sent, problems));
        var externalCreated = ExternalCreated(sent, problems);
        var longLink = Link(Field.LinkToShorten, sent.LinkToShorten, problems);
        Link(Field.Link, sent.Link, problems);
        CheckExclusion(sent, problems);
        if (problems.ToFault() is { } fault) return fault;
        return new Submission
        {
            Sent = sent,
            Phone = phone!,
            State = state!,
            Email = email,
            ExternalCreated = externalCreated,
            LongLink = longLink,
        };
    }

    private static string? Phone(SentLead sent, FieldProblems problems)
    {
        if (sent.PhoneNumber is not { } text)
        {
            problems.Add(Field.PhoneNumber, "missing", "is required");
            return null;
        }

        var phone = PhoneNormalizer.Normalize(text, null, UnitedStates);
        if (phone is not null && UsRegions.Contains(PhoneNormalizer.RegionOf(phone))) return phone;
        problems.Add(Field.PhoneNumber, "invalid_phone_number", "is not a valid US phone number");
        return null;
    }

    // Both are checked where both are sent: the region wins, but nothing that is wrong is accepted.
    private static string? State(SentLead sent, FieldProblems problems)
    {
        var ofZip = OfZip(sent, problems);
        var ofRegion = OfRegion(sent, problems);
        if (sent is { Region: null, ZipCode: null } && !problems.Has(Field.Region) && !problems.Has(Field.ZipCode))
        {
            problems.Add(Field.Region, "missing", $"is required if {Field.ZipCode} is not provided");
            problems.Add(Field.ZipCode, "missing", $"is required if {Field.Region} is not provided");
        }

        return ofRegion ?? ofZip;
    }

    private static string? OfRegion(SentLead sent, FieldProblems problems)
    {
        if (sent.Region is not { } text) return null;
        if (UsStates.Find(text.Trim()) is { } state) return state;
        problems.Add(Field.Region, "invalid_region", "is not a US state code");
        return null;
    }

    private static string? OfZip(SentLead sent, FieldProblems problems)
    {
        if (sent.ZipCode is not { } text) return null;
        if (UsStates.OfZip(text.Trim()) is { } state) return state;
        problems.Add(Field.ZipCode, "invalid_zip_code", "is not a ZIP code of a US state");
        return null;
    }

    private static string? Email(SentLead sent, FieldProblems problems)
    {
        if (sent.Email is not { } text) return null;
        if (EmailAddress.Normalize(text) is { } email) return email;
        problems.Add(Field.Email, "invalid_email", "is not a valid e-mail address");
        return null;
    }

    private static DateTimeOffset? ExternalCreated(SentLead sent, FieldProblems problems)
    {
        if (sent.ExternalCreated is not { } text) return null;
        if (ExternalTime.Read(text) is { } time) return time;
        problems.Add(
            Field.ExternalCreated, "invalid_time", "is not a time in ISO 8601 format with an offset, such as 2022-11-15T21:04:28-0600");
        return null;
    }

    private static string? Link(string field, string? link, FieldProblems problems)
    {
        if (link is null) return null;
        if (WebAddress.InAscii(link) is { } address) return address;
        problems.Add(field, "invalid_link", "is not an absolute http or https address");
        return null;
    }

    private static void CheckExclusion(SentLead sent, FieldProblems problems)
    {
        if (sent is not { Link: not null, LinkToShorten: not null }) return;
        problems.Add(Field.Link, "mutually_exclusive", $"and {Field.LinkToShorten} must not both be provided");
        problems.Add(Field.LinkToShorten, "mutually_exclusive", $"and {Field.Link} must not both be provided");
    }
}
