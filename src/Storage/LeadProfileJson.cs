using System.Buffers;
using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using LeadEngine.Leads;
using static LeadEngine.Storage.StoredJson;

namespace LeadEngine.Storage;

/// <summary>
/// A profile as both stores keep it, in the form of <see cref="StoredJson"/>. The names are part of the stored format and must never
/// change.
/// </summary>
internal static class LeadProfileJson
{
    /// <summary>A writer to reuse: making one for each profile would cost more than the profile.</summary>
    public static Utf8JsonWriter CreateWriter(IBufferWriter<byte> target) => StoredJson.CreateWriter(target);

    public static string ToText(LeadProfile profile) => StoredJson.ToText(profile, Write);

    public static LeadProfile Read(string json) => Read(Encoding.UTF8.GetBytes(json));

    public static void Write(Utf8JsonWriter json, LeadProfile profile)
    {
        json.WriteStartObject();
        WriteText(json, "first_name"u8, profile.FirstName);
        WriteText(json, "last_name"u8, profile.LastName);
        WriteText(json, "uid"u8, profile.Uid);
        WriteText(json, "ip"u8, profile.Ip);
        WriteText(json, "counted_ip"u8, profile.CountedIp);
        WriteText(json, "referrer"u8, profile.Referrer);
        WriteText(json, "signup_url"u8, profile.SignupUrl);
        WriteText(json, "source"u8, profile.Source);
        WriteText(json, "session_id"u8, profile.SessionId);
        WriteText(json, "client_request_id"u8, profile.ClientRequestId);
        WriteText(json, "redirect_url"u8, profile.RedirectUrl);
        WriteContact(json, profile);
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

    private static void WriteContact(Utf8JsonWriter json, LeadProfile profile)
    {
        WriteText(json, "contact_email"u8, profile.ContactEmail);
        WriteText(json, "contact_phone"u8, profile.ContactPhone);
        WriteText(json, "phone_as_sent"u8, profile.PhoneAsSent);
        WriteText(json, "region"u8, profile.Region);
        WriteText(json, "zip_code"u8, profile.ZipCode);
        WriteText(json, "link"u8, profile.Link);
        if (profile.ExternalCreatedAt is { } created) json.WriteString("external_created_at"u8, created);
    }

    private static void WriteLists(Utf8JsonWriter json, LeadProfile profile)
    {
        WriteCustom(json, profile.CustomFields);
        if (!profile.Utm.IsDefaultOrEmpty)
        {
            json.WriteStartObject("utm"u8);
            foreach (var parameter in profile.Utm) json.WriteString(parameter.Name, parameter.Value);
            json.WriteEndObject();
        }
        WriteTags(json, profile.Tags);
        if (!profile.CompletedActions.IsDefaultOrEmpty)
        {
            json.WriteStartArray("actions"u8);
            foreach (var action in profile.CompletedActions) json.WriteNumberValue(action);
            json.WriteEndArray();
        }
        if (!profile.FraudReasons.IsDefaultOrEmpty)
        {
            json.WriteStartArray("fraud_reasons"u8);
            foreach (var reason in profile.FraudReasons) json.WriteStringValue(reason);
            json.WriteEndArray();
        }
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
            "counted_ip" => profile with { CountedIp = json.GetString() },
            "referrer" => profile with { Referrer = json.GetString() },
            "signup_url" => profile with { SignupUrl = json.GetString() },
            "source" => profile with { Source = json.GetString() },
            "session_id" => profile with { SessionId = json.GetString() },
            "client_request_id" => profile with { ClientRequestId = json.GetString() },
            "redirect_url" => profile with { RedirectUrl = json.GetString() },
            "contact_email" => profile with { ContactEmail = json.GetString() },
            "contact_phone" => profile with { ContactPhone = json.GetString() },
            "phone_as_sent" => profile with { PhoneAsSent = json.GetString() },
            "region" => profile with { Region = json.GetString() },
            "zip_code" => profile with { ZipCode = json.GetString() },
            "link" => profile with { Link = json.GetString() },
            "external_created_at" => profile with { ExternalCreatedAt = json.GetDateTimeOffset() },
            "custom" => profile with { CustomFields = ReadCustom(ref json, utf8) },
            "utm" => profile with { Utm = ReadUtm(ref json) },
            "tags" => profile with { Tags = ReadTags(ref json) },
            "actions" => profile with { CompletedActions = ReadActions(ref json) },
            "opted_out" => profile with { OptedOut = json.GetBoolean() },
            "sms_opted_out" => profile with { SmsOptedOut = json.GetBoolean() },
            "verified_email" => profile with { VerifiedEmail = json.GetBoolean() },
            "verified_phone" => profile with { VerifiedPhone = json.GetBoolean() },
            "waitlisted" => profile with { Waitlisted = json.GetBoolean() },
            "fraud_reasons" => profile with { FraudReasons = ReadTags(ref json) },
            "fraudulent" => profile with { Fraudulent = json.GetBoolean() },
            _ => throw new JsonException($"A stored profile has a member that this version does not know: {name}."),
        };
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

    private static ImmutableArray<long> ReadActions(ref Utf8JsonReader json)
    {
        var actions = ImmutableArray.CreateBuilder<long>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray) actions.Add(json.GetInt64());
        return actions.DrainToImmutable();
    }
}
