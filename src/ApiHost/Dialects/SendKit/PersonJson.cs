using System.Collections.Immutable;
using System.Text.Json;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Writes a person of the directory: what the dialect calls a lead.</summary>
internal static class PersonJson
{
    public static void Write(Utf8JsonWriter json, Person person, ObjectIds ids)
    {
        var details = person.Details;
        json.WriteStartObject();
        WriteIdentity(json, person, ids);
        json.WriteString("jobTitle"u8, details.JobTitle);
        json.WriteString("phoneNumber"u8, person.Phone ?? PhoneAsSent(details.CustomFields));
        json.WriteString("linkedinUrl"u8, details.LinkedinUrl);
        json.WriteString("city"u8, details.City);
        json.WriteString("state"u8, details.State);
        json.WriteString("country"u8, details.Country);
        json.WriteStartArray("tags"u8);
        foreach (var tag in details.Tags) json.WriteStringValue(tag);
        json.WriteEndArray();
        WriteCustomFields(json, details.CustomFields);
        json.WriteBoolean("emailVerified"u8, details.EmailVerified);
        json.WriteString("emailVerificationResult"u8, details.EmailVerificationResult);
        json.WriteNull("userId"u8);
        json.WriteString("workspaceId"u8, ids.Encode(ObjectKind.Workspace, person.AccountId));
        SendKitAnswer.WriteTime(json, "createdAt"u8, person.CreatedAt);
        SendKitAnswer.WriteTime(json, "updatedAt"u8, person.UpdatedAt);
        json.WriteEndObject();
    }

    /// <summary>What a campaign's lead shows of its person: who it is.</summary>
    public static void WriteBrief(Utf8JsonWriter json, Person? person, ObjectIds ids)
    {
        if (person is null)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        WriteIdentity(json, person, ids);
        json.WriteEndObject();
    }

    private static void WriteIdentity(Utf8JsonWriter json, Person person, ObjectIds ids)
    {
        json.WriteString("_id"u8, ids.Encode(ObjectKind.Person, person.Id));
        json.WriteString("email"u8, person.Email);
        json.WriteString("firstName"u8, person.Details.FirstName);
        json.WriteString("lastName"u8, person.Details.LastName);
        json.WriteString("companyName"u8, person.Details.CompanyName);
    }

    private static void WriteCustomFields(Utf8JsonWriter json, ImmutableArray<CustomField> fields)
    {
        json.WriteStartObject("customFields"u8);
        foreach (var field in fields)
        {
            json.WritePropertyName(field.Name);
            json.WriteRawValue(field.Json, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static string? PhoneAsSent(ImmutableArray<CustomField> fields)
    {
        foreach (var field in fields)
        {
            if (field.Name == LeadFields.PhoneField && field.Json.StartsWith('"')) return JsonSerializer.Deserialize<string>(field.Json);
        }

        return null;
    }
}
