using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.Grains.Leads;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Admin;

/// <summary>Writes a page of leads.</summary>
internal sealed class LeadListing(ListedPage page, SocialIds socialIds, AnswerBuffers buffers) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var answer = buffers.Rent();
        var json = answer.Json;
        json.WriteStartObject();
        json.WriteStartArray("leads"u8);
        foreach (var lead in page.Leads) Write(json, lead);
        json.WriteEndArray();
        if (page.NextPlace is { } place) json.WriteString("next"u8, place);
        else WriteNumber(json, "next"u8, page.NextRank);
        json.WriteEndObject();
        await answer.Send(httpContext.Response, StatusCodes.Status200OK);
    }

    private void Write(Utf8JsonWriter json, Lead lead)
    {
        json.WriteStartObject();
        json.WriteNumber("rank"u8, lead.Rank);
        json.WriteNumber("id"u8, lead.Id);
        json.WriteString("social_id"u8, socialIds.Encode(lead.Id));
        json.WriteString("email"u8, lead.Email);
        json.WriteString("phone_number"u8, lead.Phone);
        json.WriteNumber("counter"u8, lead.Counter);
        json.WriteString("created_at"u8, lead.CreatedAt);
        WriteNumber(json, "parent_id"u8, lead.ParentId);
        json.WriteBoolean("do_not_contact"u8, ListedPage.ContactsOf(lead).Any(page.DoNotContact.Contains));
        WritePerson(json, page.People.GetValueOrDefault(lead.Id));
        WriteContact(json, lead.Profile);
        WriteProfile(json, lead.Profile);
        json.WriteEndObject();
    }

    private static void WritePerson(Utf8JsonWriter json, Person? person)
    {
        if (person is null)
        {
            json.WriteNull("person"u8);
            return;
        }

        json.WriteStartObject("person"u8);
        json.WriteNumber("id"u8, person.Id);
        json.WriteString("email"u8, person.Email);
        json.WriteString("phone_number"u8, person.Phone);
        json.WriteString("first_name"u8, person.Details.FirstName);
        json.WriteString("last_name"u8, person.Details.LastName);
        json.WriteEndObject();
    }

    private static void WriteContact(Utf8JsonWriter json, LeadProfile profile)
    {
        json.WriteString("contact_email"u8, profile.ContactEmail);
        json.WriteString("contact_phone"u8, profile.ContactPhone);
        json.WriteString("phone_as_sent"u8, profile.PhoneAsSent);
        json.WriteString("region"u8, profile.Region);
        json.WriteString("zip_code"u8, profile.ZipCode);
        json.WriteString("link"u8, profile.Link);
        if (profile.ExternalCreatedAt is { } time) json.WriteString("external_created_at"u8, time);
        else json.WriteNull("external_created_at"u8);
    }

    private static void WriteProfile(Utf8JsonWriter json, LeadProfile profile)
    {
        json.WriteString("first_name"u8, profile.FirstName);
        json.WriteString("last_name"u8, profile.LastName);
        json.WriteString("uid"u8, profile.Uid);
        json.WriteString("ip"u8, profile.Ip);
        json.WriteString("referrer"u8, profile.Referrer);
        json.WriteString("signup_url"u8, profile.SignupUrl);
        json.WriteString("source"u8, profile.Source);
        json.WriteString("session_id"u8, profile.SessionId);
        json.WriteString("request_id"u8, profile.ClientRequestId);
        json.WriteString("redirect_url"u8, profile.RedirectUrl);
        json.WriteBoolean("opted_out"u8, profile.OptedOut);
        json.WriteBoolean("sms_opted_out"u8, profile.SmsOptedOut);
        json.WriteBoolean("verified_email"u8, profile.VerifiedEmail);
        json.WriteBoolean("verified_phone_number"u8, profile.VerifiedPhone);
        json.WriteBoolean("waitlisted"u8, profile.Waitlisted);
        json.WriteBoolean("fraudulent"u8, profile.Fraudulent);
        json.WriteStartArray("tags"u8);
        foreach (var tag in profile.Tags) json.WriteStringValue(tag);
        json.WriteEndArray();
        json.WriteStartObject("utm"u8);
        foreach (var parameter in profile.Utm) json.WriteString(parameter.Name, parameter.Value);
        json.WriteEndObject();
        json.WriteStartObject("custom_fields"u8);
        foreach (var field in profile.CustomFields)
        {
            json.WritePropertyName(field.Name);
            json.WriteRawValue(field.Json, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, long? value)
    {
        if (value is { } number) json.WriteNumber(name, number);
        else json.WriteNull(name);
    }
}
