using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Makes and changes one lead of a workspace.</summary>
internal sealed class LeadEndpoint(IGrainFactory grains, EngineCalls calls, SendKitChanges changes)
{
    public const string LeadPart = "lead_id";

    public async ValueTask<Fault?> Create(SendKitRequest request) => request.Workspace.IsBound
        ? SendKitFaults.BoundKey
        : await changes.Answer(
            request, FieldLimits.BodyBytes, StatusCodes.Status201Created, (body, _, json) => Create(request, body, json));

    public async ValueTask<Fault?> Change(SendKitRequest request)
    {
        if (request.Workspace.IsBound) return SendKitFaults.BoundKey;
        if (!request.TryReadPathId(LeadPart, ObjectKind.Person, out var personId)) return SendKitFaults.LeadNotFound;
        return await changes.Answer(
            request, FieldLimits.BodyBytes, StatusCodes.Status200OK, (body, _, json) => Change(request, personId, body, json));
    }

    // Nobody can tell whether a first try that was not heard made the lead, so there is no second one.
    private async ValueTask<Fault?> Create(SendKitRequest request, JsonElement body, Utf8JsonWriter json)
    {
        var fields = LeadReader.Read(body);
        if (fields.Problem is { } problem) return SendKitFaults.Invalid(problem);
        if (string.IsNullOrWhiteSpace(fields.EmailText)) return SendKitFaults.Invalid("email is required");
        if (fields.Email() is null) return SendKitFaults.Invalid("Invalid email format");

        var directory = grains.GetGrain<IDirectoryGrain>(request.Workspace.AccountId);
        var reply = await request.Deadline.Bound(directory.Add(fields.ToPerson(ContactPhone.DefaultRegion)));
        if (reply.ExistingId is { } existing) return SendKitFaults.Exists(request.Ids.Encode(ObjectKind.Person, existing));
        return Write(reply, request.Ids, json);
    }

    private async ValueTask<Fault?> Change(SendKitRequest request, long personId, JsonElement body, Utf8JsonWriter json)
    {
        var fields = LeadReader.Read(body);
        if (fields.Problem is { } problem) return SendKitFaults.Invalid(problem);

        var directory = grains.GetGrain<IDirectoryGrain>(request.Workspace.AccountId);
        if (fields.EmailText is not null && await EmailChanges(directory, personId, fields, request.Deadline))
        {
            return SendKitFaults.Invalid("email cannot be changed");
        }

        // To make the same change again changes nothing more.
        var patch = fields.ToPatch(ContactPhone.DefaultRegion);
        return Write(await calls.UntilHeard(_ => directory.Change(personId, patch), request.Deadline), request.Ids, json);
    }

    private async Task<bool> EmailChanges(IDirectoryGrain directory, long personId, LeadFields fields, Deadline deadline)
    {
        var found = await calls.UntilHeard(_ => directory.Get([personId]), deadline);
        return found is [var person] && person.Email != fields.Email();
    }

    private static Fault? Write(PersonReply reply, ObjectIds ids, Utf8JsonWriter json)
    {
        if (!reply.Succeeded) return SendKitFaults.Of(reply.Refusal!.Value);
        json.WriteStartObject();
        json.WriteBoolean("success"u8, true);
        json.WritePropertyName("data"u8);
        PersonJson.Write(json, reply.Person, ids);
        json.WriteEndObject();
        return null;
    }
}
