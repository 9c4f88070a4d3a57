using System.Collections.Immutable;
using System.Text.Json;
using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Deletes leads of a workspace: some, or all whom filters describe, page by page.</summary>
internal sealed class LeadDeletionEndpoint(
    IGrainFactory grains, EngineCalls calls, PeoplePages pages, CampaignCatalog campaigns, Deadlines deadlines, SendKitChanges changes)
{
    public async ValueTask<Fault?> Delete(SendKitRequest request) => request.Workspace.IsBound
        ? SendKitFaults.BoundKey
        : await changes.Answer(
            request, JsonBody.BulkBytes, StatusCodes.Status200OK, (body, _, json) => Delete(request, body, json));

    private async ValueTask<Fault?> Delete(SendKitRequest request, JsonElement body, Utf8JsonWriter json)
    {
        var read = LeadDeletion.Read(body, request.Ids);
        if (!read.IsGood) return read.Fault;

        var deletion = read.Value;
        var deleted = 0;
        try
        {
            await foreach (var page in Pages(request, deletion))
            {
                var outcome = await Delete(request, page, deletion.IsForced);
                deleted += outcome.Deleted;
                if (!outcome.InTheWay.IsEmpty) return await InTheWay(request, outcome.InTheWay, deleted);
                if (outcome.Refusal is { } refusal) return Stopped(refusal, deleted);
            }
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence) && deleted > 0 && !request.Aborted.IsCancellationRequested)
        {
            return Stopped(LeadRefusal.Unknown, deleted);
        }

        SendKitAnswer.BeginObject(json);
        json.WriteNumber("deletedCount"u8, deleted);
        SendKitAnswer.EndObject(json);
        return null;
    }

    private async IAsyncEnumerable<ImmutableArray<long>> Pages(SendKitRequest request, LeadDeletion deletion)
    {
        if (deletion.Ids is { } ids)
        {
            if (!ids.IsEmpty) yield return ids;
            yield break;
        }

        await foreach (var page in pages.Read(request, deletion.Filter!))
        {
            ImmutableArray<long> wanted = [.. page.Select(person => person.Id).Where(id => !deletion.Excluded.Contains(id))];
            if (!wanted.IsEmpty) yield return wanted;
        }
    }

    // Those who are gone already do not count again, so a repeat after a lost answer counts fewer than went.
    private Task<PeopleDeletion> Delete(SendKitRequest request, ImmutableArray<long> page, bool isForced)
    {
        var directory = grains.GetGrain<IDirectoryGrain>(request.Workspace.AccountId);
        return calls.UntilHeard(_ => directory.Delete(page, isForced), deadlines.Start());
    }

    private async Task<Fault> InTheWay(SendKitRequest request, ImmutableArray<long> campaignIds, int deleted)
    {
        var details = ImmutableArray.CreateBuilder<FaultDetail>(campaignIds.Length);
        foreach (var campaignId in campaignIds)
        {
            var name = (await campaigns.Find(campaignId)).Campaign?.Settings.Name ?? "";
            details.Add(new FaultDetail(request.Ids.Encode(ObjectKind.Campaign, campaignId), "active_campaign", name));
        }

        var names = string.Join(", ", details.Select(detail => $"{detail.Message} ({detail.Parameter})"));
        var before = deleted > 0 ? $" {deleted} leads were deleted before." : "";
        return SendKitFaults.Invalid(
            $"Leads are in active campaigns: {names}. Use force: true to delete them.{before}", details.ToImmutable());
    }

    private static Fault Stopped(LeadRefusal why, int deleted) =>
        deleted > 0 && why is not LeadRefusal.Locked ? SendKitFaults.CutShort($"{deleted} leads were deleted") : SendKitFaults.Of(why);
}

/// <summary>Whom to delete.</summary>
internal sealed record LeadDeletion
{
    /// <summary>These; null for those whom the filter describes.</summary>
    public ImmutableArray<long>? Ids { get; private init; }

    public PeopleFilter? Filter { get; private init; }

    public HashSet<long> Excluded { get; private init; } = [];

    /// <summary>Also if they are in active campaigns.</summary>
    public bool IsForced { get; private init; }

    public static Checked<LeadDeletion> Read(JsonElement json, ObjectIds ids)
    {
        if (!Json.TryFlag(json, "force"u8, out var force)) return SendKitFaults.Invalid("force must be true or false");
        if (!Json.TryFlag(json, "deleteAll"u8, out var all)) return SendKitFaults.Invalid("deleteAll must be true or false");
        var hasIds = Json.TryMember(json, "leadIds"u8, out var sent);
        if (hasIds == all) return SendKitFaults.Invalid("Provide leadIds array or deleteAll: true");
        if (hasIds)
        {
            return IdList.Read(sent, ObjectKind.Person, ids) is { Sent: > 0 and <= LeadFilter.MaxIds } list
                ? new LeadDeletion { Ids = list.Known, IsForced = force }
                : SendKitFaults.Invalid($"leadIds must be an array of 1 to {LeadFilter.MaxIds} ids");
        }

        var filter = Json.TryMember(json, "filters"u8, out var filters) ? LeadFilter.Read(filters, ids) : new PeopleFilter();
        if (!filter.IsGood) return filter.Fault;
        var excluded = Exclusions.Read(json, ObjectKind.Person, ids);
        if (!excluded.IsGood) return excluded.Fault;
        return new LeadDeletion { Filter = filter.Value, Excluded = excluded.Value, IsForced = force };
    }
}
