using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Adds the leads that a request names one by one. What is wrong with one fails no other.</summary>
internal sealed class EntryAdder(IGrainFactory grains, EngineCalls calls, CampaignAdder adder)
{
    private const string NobodyNamed = "Either leadId or email is required";
    private const string NotThere = "Lead not found";

    public async ValueTask<Fault?> Add(
        SendKitRequest request, Campaign campaign, JsonElement entries, RequestStamp stamp, Utf8JsonWriter json)
    {
        var read = entries.EnumerateArray().Select(entry => Entry.Read(entry, request.Ids)).ToArray();
        if (await Find(request, read) is not { } known) return Faults.Busy;
        var errors = new List<(JsonElement Entry, string Message)>();
        var people = new HashSet<string>(read.Length, StringComparer.Ordinal);
        var leads = new List<NewLead>(read.Length);
        var (duplicates, region) = (0, campaign.Settings.DefaultRegion);
        for (var place = 0; place < read.Length; place++)
        {
            var entry = read[place];
            if (entry.Problem is { } problem) errors.Add((entry.Json, problem));
            else if (entry.ToLead(known, region, stamp.Part(place)) is not { } lead) errors.Add((entry.Json, NotThere));
            else if (people.Add(lead.Email ?? lead.Phone!)) leads.Add(lead);
            else duplicates++;
        }

        var tally = await adder.Add(campaign, leads, request.Deadline);
        if (tally.ToFault() is { } fault) return fault;
        Write(json, tally + new AddTally(0, duplicates), errors);
        return null;
    }

    /// <returns>Null when it cannot be told now.</returns>
    private async Task<Dictionary<long, Person>?> Find(SendKitRequest request, Entry[] entries)
    {
        ImmutableArray<long> ids = [.. entries.Select(entry => entry.PersonId).OfType<long>().Distinct()];
        if (ids.IsEmpty) return [];
        var directory = grains.GetGrain<IDirectoryGrain>(request.Workspace.AccountId);
        try
        {
            var found = await calls.UntilHeard(_ => directory.Get(ids), request.Deadline);
            return found.ToDictionary(person => person.Id);
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return null;
        }
    }

    private static void Write(Utf8JsonWriter json, AddTally tally, List<(JsonElement Entry, string Message)> errors)
    {
        SendKitAnswer.BeginObject(json);
        json.WriteNumber("added"u8, tally.Added);
        json.WriteNumber("skipped"u8, tally.Skipped);
        json.WriteStartArray("errors"u8);
        foreach (var (entry, message) in errors)
        {
            json.WriteStartObject();
            json.WritePropertyName("entry"u8);
            json.WriteRawValue(JsonMarshal.GetRawUtf8Value(entry), skipInputValidation: true);
            json.WriteString("message"u8, message);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        SendKitAnswer.EndObject(json);
    }

    /// <summary>One entry: somebody who is known by id, or by e-mail address, or a problem.</summary>
    private readonly record struct Entry(JsonElement Json, LeadFields Fields, long? PersonId, string? Problem)
    {
        public static Entry Read(JsonElement json, ObjectIds ids)
        {
            if (json.ValueKind is not JsonValueKind.Object) return new Entry(json, new LeadFields(), null, NobodyNamed);
            var fields = LeadReader.Read(json);
            if (ids.TryDecode(ObjectKind.Person, fields.LeadId, out var personId)) return new Entry(json, fields, personId, null);
            return new Entry(json, fields, null, fields.Email() is null ? NobodyNamed : fields.Problem);
        }

        /// <returns>Null when nobody has the id.</returns>
        public NewLead? ToLead(Dictionary<long, Person> known, string region, RequestStamp request)
        {
            if (PersonId is not { } personId) return NewLeads.Of(Fields.ToPerson(region), request);
            return known.TryGetValue(personId, out var person) ? NewLeads.Of(person, request) : null;
        }
    }
}
