using System.Collections.Immutable;
using System.Text.Json;
using LeadEngine.ApiHost.Leads;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>A lead as it was sent: the answer shows it so. A field that is null, or that nobody knows, was not sent.</summary>
internal sealed record SentLead
{
    public string? PhoneNumber { get; init; }

    public string? Region { get; init; }

    public string? ZipCode { get; init; }

    public string? Email { get; init; }

    public string? ExternalCreated { get; init; }

    public string? ExternalLeadId { get; init; }

    public string? FirstName { get; init; }

    public string? LastName { get; init; }

    public string? Source { get; init; }

    public string? Link { get; init; }

    public string? LinkToShorten { get; init; }

    /// <summary>Null when none was sent.</summary>
    public ImmutableArray<KeyValuePair<string, string>>? Metadata { get; init; }

    public static SentLead Read(JsonElement body, FieldProblems problems)
    {
        return new()
        {
            PhoneNumber = Text(Field.PhoneNumber),
            Region = Text(Field.Region),
            ZipCode = Text(Field.ZipCode),
            Email = Text(Field.Email),
            ExternalCreated = Text(Field.ExternalCreated),
            ExternalLeadId = Text(Field.ExternalLeadId),
            FirstName = Text(Field.FirstName),
            LastName = Text(Field.LastName),
            Source = Text(Field.Source),
            Link = Text(Field.Link),
            LinkToShorten = Text(Field.LinkToShorten),
            Metadata = IsSent(body, Field.Metadata, out var metadata) ? ReadMetadata(metadata, problems) : null,
        };

        string? Text(string field) => IsSent(body, field, out var value) ? ReadText(field, value, problems) : null;
    }

    /// <summary>The text of a field; null, and a problem, when it is none that can be kept.</summary>
    public static string? ReadText(string field, JsonElement value, FieldProblems problems)
    {
        if (value.ValueKind is not JsonValueKind.String)
        {
            problems.Add(field, "not_a_string", "must be a string");
            return null;
        }

        var text = value.GetString()!;
        if (FieldLimits.IsTooLong(text)) problems.Add(field, "value_too_long", $"is longer than {FieldLimits.ValueBytes} bytes");
        else if (text.Contains('\0', StringComparison.Ordinal)) problems.Add(field, "null_character", "holds a null character");
        else return text;
        return null;
    }

    private static bool IsSent(JsonElement body, string field, out JsonElement value) =>
        body.TryGetProperty(field, out value) && value.ValueKind is not JsonValueKind.Null;

    private static ImmutableArray<KeyValuePair<string, string>> ReadMetadata(JsonElement metadata, FieldProblems problems)
    {
        if (metadata.ValueKind is not JsonValueKind.Object)
        {
            problems.Add(Field.Metadata, "not_an_object", "must be an object");
            return [];
        }

        if (metadata.GetPropertyCount() > FieldLimits.CustomFields)
        {
            problems.Add(Field.Metadata, "too_many_values", $"may have up to {FieldLimits.CustomFields} values");
            return [];
        }

        var values = ImmutableArray.CreateBuilder<KeyValuePair<string, string>>();
        foreach (var member in metadata.EnumerateObject())
        {
            if (member.Name.Length > FieldLimits.NameLength || member.Name.Contains('\0', StringComparison.Ordinal))
            {
                problems.Add(
                    Field.Metadata, "invalid_name", $"has a name of over {FieldLimits.NameLength} characters or with a null character");
            }
            else if (ReadText($"{Field.Metadata}.{member.Name}", member.Value, problems) is { } text)
            {
                values.Add(new(member.Name, text));
            }
        }

        return values.ToImmutable();
    }
}
