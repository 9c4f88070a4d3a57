using System.Collections.Immutable;
using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>
/// Adds people of the workspace whom a filter describes, page by page: each page is committed before the next one is added, so the memory
/// that it takes does not grow with their number, and whoever repeats it goes on where it stopped.
/// </summary>
internal sealed class SelectionAdder(PeoplePages pages, CampaignAdder adder, Deadlines deadlines)
{
    public async ValueTask<Fault?> Add(
        SendKitRequest request, Campaign campaign, LeadSelection selection, RequestStamp stamp, Utf8JsonWriter json)
    {
        var (tally, matched) = (default(AddTally), 0);
        try
        {
            await foreach (var page in pages.Read(request, selection.Filter!))
            {
                var leads = page.Where(person => !selection.Excluded.Contains(person.Id))
                    .Select(person => NewLeads.Of(person, stamp.Part(person.Id)))
                    .ToImmutableArray();
                matched += leads.Length;
                tally += await adder.Add(campaign, leads, deadlines.Start());
                if (tally.ToFault() is { } fault) return fault;
            }
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence) && !request.Aborted.IsCancellationRequested)
        {
            return (tally with { Stop = LeadRefusal.Busy }).ToFault(); // Only reading throws: what was added is known.
        }

        SendKitAnswer.BeginObject(json);
        json.WriteNumber("added"u8, tally.Added);
        json.WriteNumber("skipped"u8, tally.Skipped);
        json.WriteNumber("matched"u8, matched);
        SendKitAnswer.EndObject(json);
        return null;
    }
}

/// <summary>Reads the people of a workspace whom a filter describes.</summary>
internal sealed class PeoplePages(IGrainFactory grains, EngineCalls calls, Deadlines deadlines)
{
    private const int PageSize = PeopleQuery.MaxLimit;

    /// <summary>
    /// Pages in the order of ids, of those who are there when it begins. The next page is read while the last one is used; it ends between
    /// pages when the client has gone.
    /// </summary>
    public async IAsyncEnumerable<ImmutableArray<Person>> Read(SendKitRequest request, PeopleFilter filter)
    {
        var directory = grains.GetGrain<IDirectoryGrain>(request.Workspace.AccountId);
        var newest = await List(directory, new PeopleQuery { Filter = filter, NewestFirst = true, Limit = 1 });
        if (newest.IsEmpty) yield break;

        var last = newest[0].Id;
        var next = Page(null);
        while (next is not null)
        {
            var people = await next;
            next = people.Length == PageSize && people[^1].Id < last ? Page(people[^1].Id) : null;
            request.Aborted.ThrowIfCancellationRequested();
            if (!people.IsEmpty && people[^1].Id > last) people = [.. people.Where(person => person.Id <= last)];
            if (!people.IsEmpty) yield return people;
        }

        Task<ImmutableArray<Person>> Page(long? after) =>
            List(directory, new PeopleQuery { Filter = filter, After = after, Limit = PageSize });
    }

    private Task<ImmutableArray<Person>> List(IDirectoryGrain directory, PeopleQuery query) =>
        calls.UntilHeard(_ => directory.List(query), deadlines.Start());
}
