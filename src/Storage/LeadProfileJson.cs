using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using LeadEngine.Leads;

namespace LeadEngine.Storage;

/// <summary>
/// A profile as both stores keep it: one flat JSON object whose absent members are null, false or empty. The names are part of the
/// stored format and must never change. Custom fields keep their order and the exact text of their values, so a column type that
/// rewrites JSON will not do.
/// </summary>
internal static class LeadProfileJson
{
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>A writer to reuse: making one for each profile would cost more than the profile.</summary>
    public static Utf8JsonWriter CreateWriter(IBufferWriter<byte> target) => new(target, Compact);

    public static string ToText(LeadProfile profile)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using var json = CreateWriter(buffer);
        Write(json, profile);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    public static LeadProfile Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    public static void Write(Utf8JsonWriter json, LeadProfile profile)
    {
        json.WriteStartObject();
        WriteText(json, "first_name"u8, profile.FirstName);
        WriteText(json, "last_name"u8, profile.LastName);
        WriteText(json, "uid"u8, profile.Uid);
        WriteText(json, "ip"u8, profile.Ip);
        WriteText(json, "referrer"u8, profile.Referrer);
        WriteText(json, "signup_url"u8, profile.SignupUrl);
        WriteText(json, "source"u8, profile.Source);
        WriteText(json, "session_id"u8, profile.SessionId);
        WriteText(json, "client_request_id"u8, profile.ClientRequestId);
        WriteText(json, "redirect_url"u8, profile.RedirectUrl);
        WriteLists(json, profile);
        WriteFlag(json, "opted_out"u8, profile.OptedOut);
        WriteFlag(json, "sms_opted_out"u8, profile.SmsOptedOut);
        WriteFlag(json, "verified_email"u8, profile.VerifiedEmail);
        WriteFlag(json, "verified_phone"u8, profile.VerifiedPhone);
        WriteFlag(json, "waitlisted"u8, profile.Waitlisted);
        WriteFlag(json, "fraudulent"u8, profile.Fraudulent);
        json.WriteEndObject();
        json.Flush();
    }

    private static void WriteLists(Utf8JsonWriter json, LeadProfile profile)
    {
        if (!profile.CustomFields.IsDefaultOrEmpty)
        {
            json.WriteStartObject("custom"u8);
            foreach (var field in profile.CustomFields)
            {
                json.WritePropertyName(field.Name);
                json.WriteRawValue(field.Json);
            }
            json.WriteEndObject();
        }
        if (!profile.Utm.IsDefaultOrEmpty)
        {
            json.WriteStartObject("utm"u8);
            foreach (var parameter in profile.Utm) json.WriteString(parameter.Name, parameter.Value);
            json.WriteEndObject();
        }
        if (!profile.Tags.IsDefaultOrEmpty)
        {
            json.WriteStartArray("tags"u8);
            foreach (var tag in profile.Tags) json.WriteStringValue(tag);
            json.WriteEndArray();
        }
        if (!profile.CompletedActions.IsDefaultOrEmpty)
        {
            json.WriteStartArray("actions"u8);
            foreach (var action in profile.CompletedActions) json.WriteNumberValue(action);
            json.WriteEndArray();
        }
    }

    private static void WriteText(Utf8JsonWriter json, ReadOnlySpan<byte> name, string? value)
    {
        if (value is not null) json.WriteString(name, value);
    }

    private static void WriteFlag(Utf8JsonWriter json, ReadOnlySpan<byte> name, bool value)
    {
        if (value) json.WriteBoolean(name, true);
    }

    public static LeadProfile Read(ReadOnlySpan<byte> utf8)
    {
        var json = new Utf8JsonReader(utf8);
        json.Read();
        var profile = new LeadProfile();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName) profile = ReadMember(ref json, utf8, profile);
        return profile;
    }

    private static LeadProfile ReadMember(ref Utf8JsonReader json, ReadOnlySpan<byte> utf8, LeadProfile profile)
    {
        var name = json.GetString();
        json.Read();
        return name switch
        {
            "first_name" => profile with { FirstName = json.GetString() },
            "last_name" => profile with { LastName = json.GetString() },
            "uid" => profile with { Uid = json.GetString() },
            "ip" => profile with { Ip = json.GetString() },
            "referrer" => profile with { Referrer = json.GetString() },
            "signup_url" => profile with { SignupUrl = json.GetString() },
            "source" => profile with { Source = json.GetString() },
            "session_id" => profile with { SessionId = json.GetString() },
            "client_request_id" => profile with { ClientRequestId = json.GetString() },
            "redirect_url" => profile with { RedirectUrl = json.GetString() },
            "custom" => profile with { CustomFields = ReadCustom(ref json, utf8) },
            "utm" => profile with { Utm = ReadUtm(ref json) },
            "tags" => profile with { Tags = ReadTags(ref json) },
            "actions" => profile with { CompletedActions = ReadActions(ref json) },
            "opted_out" => profile with { OptedOut = json.GetBoolean() },
            "sms_opted_out" => profile with { SmsOptedOut = json.GetBoolean() },
            "verified_email" => profile with { VerifiedEmail = json.GetBoolean() },
            "verified_phone" => profile with { VerifiedPhone = json.GetBoolean() },
            "waitlisted" => profile with { Waitlisted = json.GetBoolean() },
            "fraudulent" => profile with { Fraudulent = json.GetBoolean() },
            _ => throw new JsonException($"A stored profile has a member that this version does not know: {name}."),
        };
    }

    private static ImmutableArray<CustomField> ReadCustom(ref Utf8JsonReader json, ReadOnlySpan<byte> utf8)
    {
        var fields = ImmutableArray.CreateBuilder<CustomField>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            var start = (int)json.TokenStartIndex;
            json.Skip();
            fields.Add(new(name, Encoding.UTF8.GetString(utf8[start..(int)json.BytesConsumed])));
        }
        return fields.DrainToImmutable();
    }

    private static ImmutableArray<UtmParameter> ReadUtm(ref Utf8JsonReader json)
    {
        var parameters = ImmutableArray.CreateBuilder<UtmParameter>();
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var name = json.GetString()!;
            json.Read();
            parameters.Add(new(name, json.GetString()!));
        }
        return parameters.DrainToImmutable();
    }

    private static ImmutableArray<string> ReadTags(ref Utf8JsonReader json)
    {
        var tags = ImmutableArray.CreateBuilder<string>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) tags.Add(json.GetString()!);
        return tags.DrainToImmutable();
    }

    private static ImmutableArray<long> ReadActions(ref Utf8JsonReader json)
    {
        var actions = ImmutableArray.CreateBuilder<long>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) actions.Add(json.GetInt64());
        return actions.DrainToImmutable();
    }
}
