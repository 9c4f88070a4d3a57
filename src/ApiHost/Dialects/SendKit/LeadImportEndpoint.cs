using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Puts many leads into a workspace.</summary>
internal sealed class LeadImportEndpoint(IGrainFactory grains, SendKitChanges changes)
{
    public async ValueTask<Fault?> Import(SendKitRequest request) => request.Workspace.IsBound
        ? SendKitFaults.BoundKey
        : await changes.Answer(
            request, JsonBody.BulkBytes, StatusCodes.Status200OK, (body, _, json) => Import(request, body, json));

    private async ValueTask<Fault?> Import(SendKitRequest request, JsonElement body, Utf8JsonWriter json)
    {
        var options = ImportOptions.Read(body);
        if (!options.IsGood) return options.Fault;

        var people = ImmutableArray.CreateBuilder<NewPerson>();
        var errors = new List<(JsonElement Entry, string Message)>();
        var entries = new List<JsonElement>();
        foreach (var entry in options.Value.Entries.EnumerateArray())
        {
            var fields = LeadReader.Read(entry, options.Value.CleansUp);
            if (WhatIsWrong(fields) is { } problem)
            {
                errors.Add((entry, problem));
                continue;
            }

            people.Add(options.Value.WithTag(fields.ToPerson(ContactPhone.DefaultRegion)));
            entries.Add(entry);
        }

        var directory = grains.GetGrain<IDirectoryGrain>(request.Workspace.AccountId);
        var batch = people.ToImmutable();
        var outcomes = batch.IsEmpty ? [] : await Import(directory, batch, !options.Value.SkipsDuplicates, request.Deadline);
        var tooMany = entries.Zip(outcomes).Where(pair => pair.Second.Outcome is ImportOutcome.TooMany);
        errors.AddRange(tooMany.Select(pair => (pair.First, SendKitFaults.TooMany)));
        Write(json, outcomes, errors, request.Ids);
        return null;
    }

    // A repeat finds those whom the first try put in, and cannot tell that it was that one, so there is none: whoever asks is told instead.
    private static Task<ImmutableArray<ImportedPerson>> Import(
        IDirectoryGrain directory, ImmutableArray<NewPerson> people, bool update, Deadline deadline) =>
        deadline.Bound(directory.Import(people, update));

    private static string? WhatIsWrong(LeadFields fields)
    {
        if (fields.Problem is not null) return fields.Problem;
        if (string.IsNullOrWhiteSpace(fields.EmailText)) return "Email is required";
        return fields.Email() is null ? "Invalid email format" : null;
    }

    private static void Write(
        Utf8JsonWriter json, ImmutableArray<ImportedPerson> outcomes, List<(JsonElement Entry, string Message)> errors, ObjectIds ids)
    {
        SendKitAnswer.BeginObject(json);
        json.WriteNumber("imported"u8, outcomes.Count(one => one.Outcome is ImportOutcome.Added));
        json.WriteNumber("updated"u8, outcomes.Count(one => one.Outcome is ImportOutcome.Updated));
        json.WriteNumber("skipped"u8, outcomes.Count(one => one.Outcome is ImportOutcome.Skipped));
        json.WriteNumber("failed"u8, errors.Count);
        json.WriteStartArray("importedLeadIds"u8);
        foreach (var one in outcomes)
        {
            if (one.Outcome is ImportOutcome.Added) json.WriteStringValue(ids.Encode(ObjectKind.Person, one.PersonId));
        }

        json.WriteEndArray();
        json.WriteStartArray("errors"u8);
        foreach (var (entry, message) in errors)
        {
            json.WriteStartObject();
            json.WritePropertyName("email"u8);
            WriteEmail(json, entry);
            json.WriteString("error"u8, message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        SendKitAnswer.EndObject(json);
    }

    // As it was sent, whatever that was.
    private static void WriteEmail(Utf8JsonWriter json, JsonElement entry)
    {
        if (entry.ValueKind is JsonValueKind.Object && entry.TryGetProperty("email"u8, out var email))
        {
            json.WriteRawValue(JsonMarshal.GetRawUtf8Value(email), skipInputValidation: true);
        }
        else
        {
            json.WriteNullValue();
        }
    }
}

/// <summary>What an import is told to do.</summary>
internal sealed record ImportOptions
{
    public required JsonElement Entries { get; init; }

    /// <summary>Leave those who are there as they are; else update them.</summary>
    public required bool SkipsDuplicates { get; init; }

    /// <summary>Clean names and addresses.</summary>
    public required bool CleansUp { get; init; }

    /// <summary>A tag for all.</summary>
    public string? Tag { get; init; }

    public static Checked<ImportOptions> Read(JsonElement json)
    {
        if (!Json.TryMember(json, "leads"u8, out var entries) || entries.ValueKind is not JsonValueKind.Array)
        {
            return SendKitFaults.Invalid("leads must be an array");
        }

        if (entries.GetArrayLength() is < 1 or > AddLeads.MaxLeads)
        {
            return SendKitFaults.Invalid($"A request must hold 1 to {AddLeads.MaxLeads} leads");
        }

        if (!Json.TryFlag(json, "skipDuplicates"u8, out var skips, otherwise: true))
        {
            return SendKitFaults.Invalid("skipDuplicates must be true or false");
        }

        if (!Json.TryFlag(json, "dataCleanup"u8, out var cleansUp, otherwise: true))
        {
            return SendKitFaults.Invalid("dataCleanup must be true or false");
        }

        string? tag = null;
        if (Json.TryMember(json, "tag"u8, out var sent) && (!Json.TryText(sent, out tag) || !TagList.IsTag(tag)))
        {
            return SendKitFaults.Invalid("tag must be a name");
        }

        return new ImportOptions { Entries = entries, SkipsDuplicates = skips, CleansUp = cleansUp, Tag = tag?.Trim() };
    }

    public NewPerson WithTag(NewPerson person)
    {
        if (Tag is null) return person;
        var tags = person.Details.Tags.ToBuilder();
        TagList.Add(tags, Tag);
        return person with { Details = person.Details with { Tags = tags.ToImmutable() } };
    }
}
