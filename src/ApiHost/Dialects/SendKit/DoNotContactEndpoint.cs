using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Grains.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Puts many addresses and domains on the account's do-not-contact list.</summary>
internal sealed class DoNotContactEndpoint(IGrainFactory grains, SendKitChanges changes)
{
    private const int MaxEntries = 10_000;
    private const string DefaultReason = "import";
    private const string WrongEmail = "Invalid email format";
    private const string WrongDomain = "Invalid domain";

    private static readonly string WrongReason = $"reason must be a text of at most {FieldLimits.NameLength} characters";

    public async ValueTask<Fault?> Import(SendKitRequest request) => request.Workspace.IsBound
        ? SendKitFaults.BoundKey
        : await changes.Answer(
            request, JsonBody.BulkBytes, StatusCodes.Status200OK, (body, _, json) => Import(request, body, json));

    private async ValueTask<Fault?> Import(SendKitRequest request, JsonElement body, Utf8JsonWriter json)
    {
        if (!Json.TryMember(body, "entries"u8, out var sent) || sent.ValueKind is not JsonValueKind.Array)
        {
            return SendKitFaults.Invalid("entries must be an array");
        }

        if (sent.GetArrayLength() is < 1 or > MaxEntries) return SendKitFaults.Invalid($"A request must hold 1 to {MaxEntries} entries");

        var entries = new Dictionary<(DoNotContactKind, string), DoNotContact>();
        var errors = new List<(string? Email, string Message)>();
        foreach (var item in sent.EnumerateArray())
        {
            var entry = Read(item, out var problem);
            if (entry is null) errors.Add(problem);
            else entries.TryAdd((entry.Kind, entry.Value), entry);
        }

        var directory = grains.GetGrain<IDirectoryGrain>(request.Workspace.AccountId);
        var imported = entries.Count == 0 ? 0 : await request.Deadline.Bound(directory.AddDoNotContact([.. entries.Values]));
        Write(json, imported, sent.GetArrayLength() - imported - errors.Count, errors);
        return null;
    }

    private static DoNotContact? Read(JsonElement item, out (string? Email, string Message) problem)
    {
        problem = default;
        if (item.ValueKind is not JsonValueKind.Object) problem = (null, "An entry must be an object");
        else if (!Json.TryMember(item, "email"u8, out var sent) || !Json.TryText(sent, out var text)) problem = (null, "email is required");
        else if (!TryKind(item, out var kind)) problem = (text, "type must be email or domain");
        else if (!TryReason(item, out var reason)) problem = (text, WrongReason);
        else if (Normalize(text, kind) is not { } value) problem = (text, kind is DoNotContactKind.Email ? WrongEmail : WrongDomain);
        else return new DoNotContact(kind, value, reason);
        return null;
    }

    private static bool TryKind(JsonElement item, out DoNotContactKind kind)
    {
        kind = DoNotContactKind.Email;
        if (!Json.TryMember(item, "type"u8, out var sent)) return true;
        if (!Json.TryText(sent, out var type)) return false;
        if (type == "domain") kind = DoNotContactKind.Domain;
        return type is "email" or "domain";
    }

    private static bool TryReason(JsonElement item, out string reason)
    {
        reason = DefaultReason;
        if (!Json.TryMember(item, "reason"u8, out var sent)) return true;
        if (!Json.TryText(sent, out var text) || text.Length > FieldLimits.NameLength) return false;
        if (!string.IsNullOrWhiteSpace(text)) reason = text.Trim();
        return true;
    }

    // A domain is normalized as that of an address.
    private static string? Normalize(string text, DoNotContactKind kind)
    {
        if (kind is DoNotContactKind.Email) return EmailAddress.Normalize(text);
        return EmailAddress.Normalize($"x@{text.Trim().TrimStart('@')}")?[2..];
    }

    private static void Write(Utf8JsonWriter json, int imported, int skipped, List<(string? Email, string Message)> errors)
    {
        SendKitAnswer.BeginObject(json);
        json.WriteNumber("imported"u8, imported);
        json.WriteNumber("skipped"u8, skipped);
        if (errors.Count > 0)
        {
            json.WriteNumber("failed"u8, errors.Count);
            json.WriteStartArray("errors"u8);
            foreach (var (email, message) in errors)
            {
                json.WriteStartObject();
                json.WriteString("email"u8, email);
                json.WriteString("error"u8, message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        SendKitAnswer.EndObject(json);
    }
}
