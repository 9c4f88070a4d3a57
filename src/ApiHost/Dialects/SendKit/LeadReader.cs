using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Reads what JSON objects say of people. Names that mean nothing here are custom fields.</summary>
internal static class LeadReader
{
    private const string VerificationResult = "emailVerificationResult";

    // What is in every lead that is shown: whoever sends such a lead back does not mean custom fields.
    private static readonly string[] Ours = ["_id", "userId", "workspaceId", "createdAt", "updatedAt"];

    /// <summary>Reads an object; <see cref="LeadFields.Problem"/> tells the first thing that is wrong with it.</summary>
    /// <param name="json">Anything.</param>
    /// <param name="cleansUp">Trim texts, and clean names and addresses.</param>
    public static LeadFields Read(JsonElement json, bool cleansUp = true)
    {
        var fields = new LeadFields();
        if (json.ValueKind is not JsonValueKind.Object)
        {
            fields.Problem = "A lead must be an object";
            return fields;
        }

        foreach (var member in json.EnumerateObject())
        {
            if (!TryReadKnown(member, fields)) ReadUnknown(member, fields);
        }

        if (fields.CustomFields?.Count > FieldLimits.CustomFields)
        {
            Fail(fields, $"A lead can have {FieldLimits.CustomFields} custom fields at most");
        }

        if (cleansUp) DataCleanup.Clean(fields);
        return fields;
    }

    private static bool TryReadKnown(JsonProperty member, LeadFields fields)
    {
        var value = member.Value;
        if (member.NameEquals("email"u8)) fields.EmailText = Text(value, "email", fields);
        else if (member.NameEquals("leadId"u8)) fields.LeadId = Json.TryText(value, out var leadId) ? leadId : null;
        else if (member.NameEquals("firstName"u8)) fields.FirstName = Text(value, "firstName", fields);
        else if (member.NameEquals("lastName"u8)) fields.LastName = Text(value, "lastName", fields);
        else if (member.NameEquals("companyName"u8)) fields.CompanyName = Text(value, "companyName", fields);
        else if (member.NameEquals("jobTitle"u8)) fields.JobTitle = Text(value, "jobTitle", fields);
        else if (member.NameEquals("phone"u8) || member.NameEquals("phoneNumber"u8)) fields.Phone = Phone(value, fields);
        else if (member.NameEquals("linkedinUrl"u8)) fields.LinkedinUrl = Text(value, "linkedinUrl", fields);
        else if (member.NameEquals("city"u8)) fields.City = Text(value, "city", fields);
        else if (member.NameEquals("state"u8)) fields.State = Text(value, "state", fields);
        else if (member.NameEquals("country"u8)) fields.Country = Text(value, "country", fields);
        else if (member.NameEquals("tags"u8)) fields.Tags = Tags(value, fields);
        else if (member.NameEquals("customFields"u8)) ReadCustomFields(value, fields);
        else if (member.NameEquals("emailVerified"u8)) fields.EmailVerified = Flag(value, fields);
        else if (member.NameEquals(VerificationResult)) fields.EmailVerificationResult = Text(value, VerificationResult, fields);
        else return false;
        return true;
    }

    private static void ReadUnknown(JsonProperty member, LeadFields fields)
    {
        var name = Json.NameOf(member);
        if (Array.IndexOf(Ours, name) < 0) SetCustomField(name, member.Value, fields);
    }

    private static void ReadCustomFields(JsonElement value, LeadFields fields)
    {
        if (value.ValueKind is JsonValueKind.Null) return;
        if (value.ValueKind is not JsonValueKind.Object)
        {
            Fail(fields, "customFields must be an object");
            return;
        }

        foreach (var member in value.EnumerateObject()) SetCustomField(Json.NameOf(member), member.Value, fields);
    }

    private static void SetCustomField(string? name, JsonElement value, LeadFields fields)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > FieldLimits.NameLength)
        {
            Fail(fields, $"The name of a custom field must have 1 to {FieldLimits.NameLength} characters");
            return;
        }

        var json = JsonMarshal.GetRawUtf8Value(value);
        if (json.Length > FieldLimits.ValueBytes) Fail(fields, $"{name} is longer than {FieldLimits.ValueBytes} bytes");
        else if (!JsonText.IsSound(json, FieldLimits.JsonDepth)) Fail(fields, $"{name} holds a character or a number that cannot be kept");
        else (fields.CustomFields ??= [])[name] = Encoding.UTF8.GetString(json);
    }

    /// <returns>Null when it is no text; an empty text for null.</returns>
    private static string? Text(JsonElement value, string name, LeadFields fields)
    {
        if (value.ValueKind is JsonValueKind.Null) return "";
        if (!Json.TryText(value, out var text)) Fail(fields, $"{name} must be a string");
        else if (FieldLimits.IsTooLong(text)) Fail(fields, $"{name} is longer than {FieldLimits.ValueBytes} bytes");
        return text;
    }

    // Many clients send phone numbers as numbers.
    private static string? Phone(JsonElement value, LeadFields fields) => value.ValueKind is JsonValueKind.Number
        ? Encoding.ASCII.GetString(JsonMarshal.GetRawUtf8Value(value))
        : Text(value, "phone", fields);

    private static ImmutableArray<string>? Tags(JsonElement value, LeadFields fields)
    {
        if (value.ValueKind is JsonValueKind.Null) return [];
        if (TagList.Read(value) is { } tags)
        {
            if (tags.Length > PersonDetails.MaxTags) Fail(fields, $"A lead can have {PersonDetails.MaxTags} tags at most");
            return tags;
        }

        Fail(fields, $"tags must be an array of strings of 1 to {FieldLimits.NameLength} characters");
        return null;
    }

    private static bool? Flag(JsonElement value, LeadFields fields)
    {
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        if (value.ValueKind is not JsonValueKind.Null) Fail(fields, "emailVerified must be true or false");
        return null;
    }

    private static void Fail(LeadFields fields, string problem) => fields.Problem ??= problem;
}

/// <summary>Lists of tags.</summary>
internal static class TagList
{
    /// <summary>Reads tags; of those that are equal but for case the first counts.</summary>
    /// <returns>Null when it is no list of names.</returns>
    public static ImmutableArray<string>? Read(JsonElement value)
    {
        if (value.ValueKind is not JsonValueKind.Array) return null;
        var tags = ImmutableArray.CreateBuilder<string>(Math.Min(value.GetArrayLength(), PersonDetails.MaxTags));
        foreach (var item in value.EnumerateArray())
        {
            if (!Json.TryText(item, out var text) || !IsTag(text)) return null;
            Add(tags, text.Trim());
            if (tags.Count > PersonDetails.MaxTags) break;
        }

        return tags.ToImmutable();
    }

    public static bool IsTag(string text) => !string.IsNullOrWhiteSpace(text) && text.Length <= FieldLimits.NameLength;

    public static void Add(ImmutableArray<string>.Builder tags, string tag)
    {
        if (!tags.Contains(tag, StringComparer.OrdinalIgnoreCase)) tags.Add(tag);
    }
}
