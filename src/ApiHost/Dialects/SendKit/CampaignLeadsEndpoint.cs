using System.Collections.Immutable;
using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Lists the leads of a campaign, and pauses one of them.</summary>
internal sealed class CampaignLeadsEndpoint(
    IGrainFactory grains, EngineCalls calls, WorkspaceAccess access, SendKitChanges changes, AnswerBuffers buffers)
{
    public const string LeadPart = "campaign_lead_id";

    // How many leads are held to get past them, for clients that number their pages.
    private const int MaxPassed = 5_000;

    private static readonly ImmutableArray<MemberStatus> NotRemoved = [MemberStatus.AsCampaign, MemberStatus.Paused];

    public async ValueTask<Fault?> List(SendKitRequest request)
    {
        var allowed = await access.CampaignOf(request);
        if (!allowed.IsGood) return allowed.Fault;
        var query = QueryValues.Read(request.Http.Request);
        if (!query.IsGood) return query.Fault;
        var page = query.Value.Page(ObjectKind.Rank, request.Ids);
        if (!page.IsGood) return page.Fault;
        var state = query.Value["status"];
        if (state is not null && !CampaignStates.IsOfLead(state))
        {
            return SendKitFaults.Invalid("status must be pending, active, paused, completed or removed");
        }

        var grain = grains.GetGrain<ICampaignGrain>(allowed.Value.Id);
        var counting = calls.UntilHeard(_ => grain.CountMembers(), request.Deadline);
        var reply = await calls.UntilHeard(_ => grain.Get(), request.Deadline);
        if (!reply.Succeeded) return SendKitFaults.Of(reply.Refusal!.Value);
        var counts = LeadCounts.Of(reply.Campaign, await counting);
        var status = state is null ? null : CampaignStates.MembersIn(state, reply.Campaign);
        var members = state is not null && status is null ? [] : await Read(grain, page.Value, status, request.Deadline);
        await Send(request, page.Value, reply.Campaign, members, TotalOf(counts, state));
        return null;
    }

    public async ValueTask<Fault?> Change(SendKitRequest request)
    {
        var allowed = await access.CampaignOf(request);
        if (!allowed.IsGood) return allowed.Fault;
        if (!request.TryReadPathId(LeadPart, ObjectKind.Lead, out var leadId)) return SendKitFaults.CampaignLeadNotFound;
        return await changes.Answer(
            request,
            FieldLimits.BodyBytes,
            StatusCodes.Status200OK,
            (body, _, json) => Change(request, allowed.Value, leadId, body, json));
    }

    private async ValueTask<Fault?> Change(
        SendKitRequest request, Campaign campaign, long leadId, JsonElement body, Utf8JsonWriter json)
    {
        // There are no AI labels, so no name is that of one.
        if (Json.TryMember(body, "aiTag"u8, out _)) return SendKitFaults.Invalid("aiTag must be the name of an existing AI tag");
        MemberStatus? wanted = null;
        if (Json.TryMember(body, "status"u8, out var sent))
        {
            wanted = Json.TryText(sent, out var state) ? StatusOf(state) : null;
            if (wanted is null) return SendKitFaults.Invalid("status must be active or paused");
        }

        var grain = grains.GetGrain<ICampaignGrain>(campaign.Id);
        if (await Find(grain, leadId, request.Deadline) is null) return SendKitFaults.CampaignLeadNotFound;
        if (wanted is { } status)
        {
            var reply = await calls.UntilHeard(_ => grain.Get(), request.Deadline);
            if (reply.Campaign is { Status: CampaignStatus.Locked }) return SendKitFaults.Locked;
            await calls.UntilHeard(_ => grain.SetMemberStatus([leadId], status), request.Deadline);
        }

        if (await Find(grain, leadId, request.Deadline) is not { } changed) return SendKitFaults.CampaignLeadNotFound;
        json.WriteStartObject();
        json.WriteBoolean("success"u8, true);
        json.WritePropertyName("data"u8);
        CampaignJson.Write(json, changed, campaign, request.Ids);
        json.WriteEndObject();
        return null;
    }

    private static MemberStatus? StatusOf(string state) => state switch
    {
        CampaignStates.Active => MemberStatus.AsCampaign,
        CampaignStates.Paused => MemberStatus.Paused,
        _ => null,
    };

    private async Task<Member?> Find(ICampaignGrain grain, long leadId, Deadline deadline)
    {
        var query = new MemberQuery { LeadIds = [leadId], Statuses = NotRemoved, Limit = 1 };
        return (await calls.UntilHeard(_ => grain.ListMembers(query), deadline)) is [var member] ? member : null;
    }

    private async Task<ImmutableArray<Member>> Read(ICampaignGrain grain, PageRequest page, MemberStatus? status, Deadline deadline)
    {
        var statuses = status is { } one ? [one] : NotRemoved;
        var query = new MemberQuery { AfterRank = page.After ?? 0, Statuses = statuses, Limit = page.Limit + 1 };
        for (var skip = page.Skip; skip > 0;)
        {
            var passed = await Read(query with { Limit = Math.Min(skip, MaxPassed) });
            if (passed.IsEmpty) return [];
            query = query with { AfterRank = passed[^1].Rank };
            skip -= passed.Length;
        }

        return await Read(query);

        Task<ImmutableArray<Member>> Read(MemberQuery part) => calls.UntilHeard(_ => grain.ListMembers(part), deadline);
    }

    private async ValueTask Send(
        SendKitRequest request, PageRequest page, Campaign campaign, ImmutableArray<Member> members, long total)
    {
        using var answer = buffers.Rent();
        SendKitAnswer.BeginList(answer.Json);
        foreach (var member in members.Take(page.Limit)) CampaignJson.Write(answer.Json, member, campaign, request.Ids);
        SendKitAnswer.EndList(answer.Json, new Pagination
        {
            Limit = page.Limit,
            Total = total,
            NextCursor = members.Length > page.Limit ? request.Ids.Encode(ObjectKind.Rank, members[page.Limit - 1].Rank) : null,
            Page = page.Page,
        });
        await answer.Send(request.Http.Response, StatusCodes.Status200OK);
    }

    private static long TotalOf(LeadCounts counts, string? state) => state switch
    {
        null => counts.Total,
        CampaignStates.Active => counts.Active,
        CampaignStates.Pending => counts.Pending,
        CampaignStates.Paused => counts.Paused,
        CampaignStates.Removed => counts.Removed,
        _ => 0,
    };
}
