using System.Buffers;
using System.Text;
using System.Text.Json;
using LeadEngine.People;
using static LeadEngine.Storage.StoredJson;

namespace LeadEngine.Storage;

/// <summary>
/// What is known of a person as both stores keep it, in the form of <see cref="StoredJson"/>. The names are part of the stored format and
/// must never change.
/// </summary>
internal static class PersonDetailsJson
{
    /// <summary>A writer to reuse: making one for each person would cost more than the person.</summary>
    public static Utf8JsonWriter CreateWriter(IBufferWriter<byte> target) => StoredJson.CreateWriter(target);

    public static string ToText(PersonDetails details) => StoredJson.ToText(details, Write);

    public static PersonDetails Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    public static void Write(Utf8JsonWriter json, PersonDetails details)
    {
        json.WriteStartObject();
        WriteText(json, "first_name"u8, details.FirstName);
        WriteText(json, "last_name"u8, details.LastName);
        WriteText(json, "company_name"u8, details.CompanyName);
        WriteText(json, "job_title"u8, details.JobTitle);
        WriteText(json, "linkedin_url"u8, details.LinkedinUrl);
        WriteText(json, "city"u8, details.City);
        WriteText(json, "state"u8, details.State);
        WriteText(json, "country"u8, details.Country);
        WriteTags(json, details.Tags);
        WriteCustom(json, details.CustomFields);
        WriteFlag(json, "email_verified"u8, details.EmailVerified);
        WriteText(json, "email_verification_result"u8, details.EmailVerificationResult);
        json.WriteEndObject();
        json.Flush();
    }

    public static PersonDetails Read(ReadOnlySpan<byte> utf8)
    {
        var json = new Utf8JsonReader(utf8);
        json.Read();
        var details = new PersonDetails();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName) details = ReadMember(ref json, utf8, details);
        return details;
    }

    private static PersonDetails ReadMember(ref Utf8JsonReader json, ReadOnlySpan<byte> utf8, PersonDetails details)
    {
        var name = json.GetString();
        json.Read();
        return name switch
        {
            "first_name" => details with { FirstName = json.GetString() },
            "last_name" => details with { LastName = json.GetString() },
            "company_name" => details with { CompanyName = json.GetString() },
            "job_title" => details with { JobTitle = json.GetString() },
            "linkedin_url" => details with { LinkedinUrl = json.GetString() },
            "city" => details with { City = json.GetString() },
            "state" => details with { State = json.GetString() },
            "country" => details with { Country = json.GetString() },
            "tags" => details with { Tags = ReadTags(ref json) },
            "custom" => details with { CustomFields = ReadCustom(ref json, utf8) },
            "email_verified" => details with { EmailVerified = json.GetBoolean() },
            "email_verification_result" => details with { EmailVerificationResult = json.GetString() },
            _ => throw new JsonException($"A stored person has a member that this version does not know: {name}."),
        };
    }
}
