using System.Text.Json;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>Writes a created lead: what was accepted, as it was sent.</summary>
internal static class LeadEcho
{
    /// <param name="json">Where to.</param>
    /// <param name="sent">The lead as it was sent.</param>
    /// <param name="link">The link that the lead gets: the one that was sent, or the short one.</param>
    public static void Write(Utf8JsonWriter json, SentLead sent, string? link)
    {
        json.WriteStartObject();
        Write(Field.PhoneNumber, sent.PhoneNumber);
        Write(Field.Region, sent.Region);
        Write(Field.ZipCode, sent.ZipCode);
        Write(Field.Email, sent.Email);
        Write(Field.ExternalCreated, sent.ExternalCreated);
        Write(Field.ExternalLeadId, sent.ExternalLeadId);
        Write(Field.FirstName, sent.FirstName);
        Write(Field.LastName, sent.LastName);
        Write(Field.Source, sent.Source);
        Write(Field.Link, link);
        if (sent.Metadata is { } metadata)
        {
            json.WriteStartObject(Field.Metadata);
            foreach (var (name, value) in metadata) json.WriteString(name, value);
            json.WriteEndObject();
        }

        json.WriteEndObject();

        void Write(string field, string? value)
        {
            if (value is not null) json.WriteString(field, value);
        }
    }
}
