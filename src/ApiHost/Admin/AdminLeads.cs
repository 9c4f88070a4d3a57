using System.Collections.Immutable;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Installation;
using LeadEngine.ApiHost.OpenApi;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Admin;

/// <summary>Lists the leads of a campaign in the order in which it posts them.</summary>
internal static class AdminLeads
{
    private const int DefaultLimit = 100;
    private const int MaxLimit = 1_000;

    /// <summary>What the API's description says of it: the answer is written by hand.</summary>
    public static readonly ApiOperation Operation = new()
    {
        Id = "listLeads",
        Tag = AdminEndpoints.Tag,
        Summary = "Lists leads in the campaign's posting order.",
        Description = $"From the first that comes after `after`, up to `limit` of them (1 to {MaxLimit}, default {DefaultLimit}).",
        Answers =
        [
            new(StatusCodes.Status200OK, "A page of leads, and what to ask after for the next one: a rank in rank order, else a text.",
                [new("leads", ApiType.Objects), new("next", ApiType.Any, true)]),
            new(StatusCodes.Status400BadRequest, "The page is out of range.", []),
            new(StatusCodes.Status401Unauthorized, "The key is missing or wrong.", []),
            new(StatusCodes.Status404NotFound, "There is no such campaign.", []),
        ],
    };

    public static async Task<IResult> List(
        long id,
        IGrainFactory grains,
        InstallationKeyring keyring,
        AnswerBuffers buffers,
        string after = PostingCursor.Start,
        int limit = DefaultLimit)
    {
        if (limit is < 1 or > MaxLimit) return Invalid("limit", $"limit must be from 1 to {MaxLimit}.");

        var campaign = grains.GetGrain<ICampaignGrain>(id);
        var reply = await campaign.Get();
        if (!reply.Succeeded) return new FaultResult(AdminFaults.Of(reply.Refusal!.Value));

        var read = await Read(campaign, reply.Campaign.Settings.PostingStrategy, after, limit);
        if (!read.IsGood) return new FaultResult(read.Fault);

        var directory = grains.GetGrain<IDirectoryGrain>(reply.Campaign.AccountId);
        var (page, keys) = (await Describe(read.Value, campaign, directory), await keyring.Get());
        return new LeadListing(page, keys.SocialIds, buffers);
    }

    private static async Task<Checked<ListedPage>> Read(ICampaignGrain campaign, PostingStrategy strategy, string after, int limit)
    {
        if (strategy is PostingStrategy.AsReceived)
        {
            if (!PostingCursor.TryReadRank(after, out var rank)) return NoPlace("after must be 0 or the rank of a lead.");
            var page = await campaign.List(rank, limit);
            return new ListedPage { Leads = page.Leads, NextRank = page.Next };
        }

        if (!PostingCursor.TryRead(after, strategy, out var place)) return NoPlace("after must be 0 or what came as next in this order.");
        var leads = await campaign.ListPosted(place, limit);
        var next = leads.Length == limit ? PostingCursor.Write(strategy, PostingCursor.PlaceOf(leads[^1])) : null;
        return new ListedPage { Leads = leads, NextPlace = next };
    }

    private static async Task<ListedPage> Describe(ListedPage page, ICampaignGrain campaign, IDirectoryGrain directory)
    {
        if (page.Leads.IsEmpty) return page;
        ImmutableArray<long> ids = [.. page.Leads.Select(lead => lead.Id)];
        var members = await campaign.ListMembers(new MemberQuery { LeadIds = ids, Limit = ids.Length });
        var unwanted = await directory.FindDoNotContact([.. page.Leads.SelectMany(ListedPage.ContactsOf).Distinct()]);
        return page with
        {
            People = members.Where(member => member.Person is not null).ToDictionary(member => member.LeadId, member => member.Person!),
            DoNotContact = unwanted.ToHashSet(),
        };
    }

    private static Fault NoPlace(string message) => AdminFaults.Invalid([new FaultDetail("after", "invalid_parameter", message)]);

    private static FaultResult Invalid(string name, string message) =>
        new(AdminFaults.Invalid([new FaultDetail(name, "invalid_parameter", message)]));
}

/// <summary>A page of leads, with what the directory knows of them.</summary>
internal sealed record ListedPage
{
    public required ImmutableArray<Lead> Leads { get; init; }

    /// <summary>Where the next page starts in rank order.</summary>
    public long? NextRank { get; init; }

    /// <summary>Where it starts in another order.</summary>
    public string? NextPlace { get; init; }

    /// <summary>The people of the leads, by the leads' ids.</summary>
    public IReadOnlyDictionary<long, Person> People { get; init; } = ImmutableDictionary<long, Person>.Empty;

    /// <summary>Addresses and numbers of the page that are not to be contacted.</summary>
    public IReadOnlySet<string> DoNotContact { get; init; } = ImmutableHashSet<string>.Empty;

    /// <summary>All by which a lead could be contacted.</summary>
    public static IEnumerable<string> ContactsOf(Lead lead) =>
        ((string?[])[lead.Email, lead.Phone, lead.Profile.ContactEmail, lead.Profile.ContactPhone]).OfType<string>();
}
