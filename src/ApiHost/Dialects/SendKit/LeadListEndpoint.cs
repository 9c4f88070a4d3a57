using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Lists the leads of a workspace, the newest first.</summary>
internal sealed class LeadListEndpoint(IGrainFactory grains, EngineCalls calls, AnswerBuffers buffers)
{
    /// <summary>How far leads are counted.</summary>
    public const int MaxCounted = 1_000;

    // To pass over one of these would show leads that were not asked for.
    private static readonly string[] NotKept = ["emailStatus", "emailType", "hasCompany", "hasPhone", "segProtected"];

    public async ValueTask<Fault?> List(SendKitRequest request)
    {
        if (request.Workspace.IsBound) return SendKitFaults.BoundKey;
        var query = QueryValues.Read(request.Http.Request);
        if (!query.IsGood) return query.Fault;
        var page = query.Value.Page(ObjectKind.Person, request.Ids);
        if (!page.IsGood) return page.Fault;
        var filter = FilterOf(query.Value);
        if (!filter.IsGood) return filter.Fault;

        var directory = grains.GetGrain<IDirectoryGrain>(request.Workspace.AccountId);
        var people = await calls.UntilHeard(
            _ => directory.List(new PeopleQuery
            {
                Filter = filter.Value,
                NewestFirst = true,
                After = page.Value.After,
                Skip = page.Value.Skip,
                Limit = page.Value.Limit + 1,
            }),
            request.Deadline);
        // Whoever looks for a few gathers all of them either way.
        var count = CountOf(page.Value, people.Length)
            ?? await calls.UntilHeard(_ => directory.Count(filter.Value, MaxCounted), request.Deadline);

        using var answer = buffers.Rent();
        SendKitAnswer.BeginList(answer.Json);
        foreach (var person in people.Take(page.Value.Limit)) PersonJson.Write(answer.Json, person, request.Ids);
        SendKitAnswer.EndList(answer.Json, new Pagination
        {
            Limit = page.Value.Limit,
            Total = count.Count,
            TotalIsCapped = !count.IsAll,
            NextCursor = people.Length > page.Value.Limit ? request.Ids.Encode(ObjectKind.Person, people[page.Value.Limit - 1].Id) : null,
            Page = page.Value.Page,
        });
        await answer.Send(request.Http.Response, StatusCodes.Status200OK);
        return null;
    }

    // A page that is not full tells how many there are, if it also tells how many came before it.
    private static PeopleCount? CountOf(PageRequest page, int found)
    {
        if (found > page.Limit || page.After is not null || (found == 0 && page.Skip > 0)) return null;
        var all = page.Skip + found;
        return new(Math.Min(all, MaxCounted), all <= MaxCounted);
    }

    private static Checked<PeopleFilter> FilterOf(QueryValues query)
    {
        if (Array.Find(NotKept, name => query[name] is not null) is { } notKept)
        {
            return SendKitFaults.Invalid($"{notKept} is not known here");
        }

        var search = query["search"];
        if (search is not null && !LeadFilter.IsSearch(search)) return SendKitFaults.Invalid("search must have a letter or a digit");
        var verified = query["emailVerified"];
        if (verified is not (null or "true" or "false")) return SendKitFaults.Invalid("emailVerified must be true or false");
        var tags = query["tags"]?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];
        if (tags.Length > PersonDetails.MaxTags) return SendKitFaults.Invalid($"tags can hold {PersonDetails.MaxTags} names at most");
        return new PeopleFilter { Search = search, EmailVerified = verified is null ? null : verified == "true", Tags = [.. tags] };
    }
}
