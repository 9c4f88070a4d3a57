using LeadEngine.Campaigns;
using LeadEngine.People;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>A campaign's leads as members of the account's directory.</summary>
public abstract class MemberContract(TestDatabase database) : StoreContract(database)
{
    [ContractFact]
    public async Task ListMembers_Leads_AreShownWithTheirPeopleInRankOrder()
    {
        var unit = await NewUnit();
        await Add(await NewUnit(), Make.Person("other@x.org"));
        var leads = await Add(unit, Make.Person("b@x.org"), Make.Person("a@x.org"));

        var members = await Members(unit, new() { Limit = 10 });

        var people = (await People()).ToDictionary(person => person.Email!);
        Assert.Equal(leads.Select(lead => (lead.Lead.Id, lead.Lead.Rank, lead.Lead.CreatedAt)), members.Select(m => (m.LeadId, m.Rank, m.CreatedAt)));
        Assert.All(members, member => Assert.Equal(MemberStatus.AsCampaign, member.Status));
        SamePerson.Assert(people["b@x.org"], members[0].Person);
        SamePerson.Assert(people["a@x.org"], members[1].Person);
    }

    [ContractFact]
    public async Task ListMembers_PageByPage_ShowsEachOnce()
    {
        var unit = await NewUnit();
        await Add(unit, [.. Enumerable.Range(0, 7).Select(i => Make.Person($"{i}@x.org"))]);

        var first = await Members(unit, new() { Limit = 4 });
        var second = await Members(unit, new() { Limit = 4, AfterRank = first[^1].Rank });

        Assert.Equal([1L, 2, 3, 4], first.Select(member => member.Rank));
        Assert.Equal([5L, 6, 7], second.Select(member => member.Rank));
    }

    [ContractFact]
    public async Task SetMemberStatus_Members_AreListedAndCountedByIt()
    {
        var unit = await NewUnit();
        var elsewhere = (await Add(await NewUnit(), Make.Person("other@x.org"))).Single().Lead.Id;
        var ids = (await Add(unit, [.. Enumerable.Range(0, 5).Select(i => Make.Person($"{i}@x.org"))])).Select(lead => lead.Lead.Id).ToArray();
        await Remove(unit, new LeadRemoval(ids[4], LeaveMember: true));

        var paused = await SetStatus(unit, MemberStatus.Paused, ids[0], ids[1], ids[2], ids[4], elsewhere, 999_999_999);
        var resumed = await SetStatus(unit, MemberStatus.AsCampaign, ids[2], ids[3]);

        Assert.Equal((3, 1), (paused, resumed));
        Assert.Equal([ids[0], ids[1]], await Ids(unit, MemberStatus.Paused));
        Assert.Equal([ids[2], ids[3]], await Ids(unit, MemberStatus.AsCampaign));
        Assert.Equal([ids[0], ids[1], ids[4]], await Ids(unit, MemberStatus.Removed, MemberStatus.Paused));
        Assert.Equal(
            [new(MemberStatus.Paused, 2), new(MemberStatus.Removed, 1)],
            (await Driver.Directory.CountMembers(unit.CampaignId, default)).OrderBy(count => count.Status));
    }

    [ContractFact]
    public async Task SetMemberStatus_ItHasThatStatus_IsNotCounted()
    {
        var unit = await NewUnit();
        var id = (await Add(unit, Make.Person("a@x.org"))).Single().Lead.Id;
        await SetStatus(unit, MemberStatus.Paused, id);

        Assert.Equal(0, await SetStatus(unit, MemberStatus.Paused, id));
    }

    [ContractFact]
    public async Task SetMemberStatus_LockedCampaign_ChangesNothing()
    {
        var unit = await NewUnit();
        var id = (await Add(unit, Make.Person("a@x.org"))).Single().Lead.Id;
        await SetStatus(unit, CampaignStatus.Locked);

        Assert.Equal(0, await SetStatus(unit, MemberStatus.Paused, id));
        Assert.Equal([id], await Ids(unit, MemberStatus.AsCampaign));
    }

    /// <summary>Pausing is no change of the lead: whoever works on it goes on.</summary>
    [ContractFact]
    public async Task SetMemberStatus_WhileTheLeadIsChanged_LeavesTheChangeAlone()
    {
        var unit = await NewUnit();
        var lead = (await Add(unit, Make.Person("a@x.org"))).Single();
        await SetStatus(unit, MemberStatus.Paused, lead.Lead.Id);

        Assert.NotNull((await Write(Make.Change(lead))).Stored);
        Assert.Equal([lead.Lead.Id], await Ids(unit, MemberStatus.Paused));
    }

    [ContractFact]
    public async Task ListMembers_Filters_LeaveTheOthersOut()
    {
        var unit = await NewUnit();
        var ids = (await Add(
            unit,
            Make.Person("ann@x.org") with { Person = new() { Tags = ["vip"], Country = "US" } },
            Make.Person("bob@x.org") with { Person = new() { Tags = ["VIP"], EmailVerified = true } },
            Make.Person("cleo@y.org"))).Select(lead => lead.Lead.Id).ToArray();
        await Remove(unit, new LeadRemoval((await Add(unit, Make.Person("gone@x.org"))).Single().Lead.Id, LeaveMember: true));
        var cleo = (await People()).Single(person => person.Email == "cleo@y.org").Id;

        Assert.Equal([ids[0], ids[1]], await Ids(unit, new PeopleFilter { Tags = ["Vip"] }));
        Assert.Equal([ids[0]], await Ids(unit, new PeopleFilter { Tags = ["Vip"], Country = "us" }));
        Assert.Equal([ids[1]], await Ids(unit, new PeopleFilter { EmailVerified = true }));
        Assert.Equal([ids[0], ids[1]], await Ids(unit, new PeopleFilter { Search = "x.org" }));
        Assert.Equal([ids[2]], await Ids(unit, new PeopleFilter { Ids = [cleo] }));
        Assert.Equal([ids[0], ids[1]], await Ids(unit, new PeopleFilter { ExcludeIds = [cleo] }));
        Assert.Equal([ids[1], ids[2]], (await Members(unit, new() { Limit = 9, LeadIds = [ids[2], ids[1], 999_999_999] })).Select(m => m.LeadId));
    }

    /// <summary>Few of many: a page is filled from as many leads as it takes.</summary>
    [ContractFact]
    public async Task ListMembers_FilterThatFewPass_FillsThePage()
    {
        var unit = await NewUnit();
        await Add(unit, [.. Enumerable.Range(1, 600).Select(i => Make.Person($"{i}@x.org") with { Person = new() { Country = i % 200 == 0 ? "GB" : "US" } })]);

        var first = await Members(unit, new() { Limit = 2, Filter = new() { Country = "GB" } });
        var second = await Members(unit, new() { Limit = 2, AfterRank = first[^1].Rank, Filter = new() { Country = "GB" } });

        Assert.Equal([200L, 400], first.Select(member => member.Rank));
        Assert.Equal([600L], second.Select(member => member.Rank));
    }

    [ContractFact]
    public async Task ListMembers_UpToARank_EndsThere()
    {
        var unit = await NewUnit();
        var leads = await Add(unit, [.. Enumerable.Range(1, 5).Select(i => Make.Person($"{i}@x.org"))]);
        var ids = leads.Select(lead => lead.Lead.Id).ToArray();
        await SetStatus(unit, MemberStatus.Paused, ids[1], ids[4]);
        MemberQuery query = new() { Limit = 9, AfterRank = 1, UpToRank = 3 };

        Assert.Equal([2L, 3], await Ranks(query));
        Assert.Equal([2L], await Ranks(query with { Statuses = [MemberStatus.Paused] }));
        Assert.Equal([3L], await Ranks(query with { LeadIds = [ids[0], ids[2], ids[3]] }));
        Assert.Equal([2L, 3], await Ranks(query with { Filter = new() { Search = "x.org" } }));
        Assert.Equal([2L, 3, 4, 5], await Ranks(query with { UpToRank = null }));

        async Task<IEnumerable<long>> Ranks(MemberQuery which) => (await Members(unit, which)).Select(member => member.Rank);
    }

    private async Task<Member[]> Members(CampaignUnit unit, MemberQuery query) =>
        [.. await Driver.Directory.ListMembers(unit.CampaignId, query, default)];

    private async Task<IEnumerable<long>> Ids(CampaignUnit unit, params MemberStatus[] statuses) =>
        (await Members(unit, new() { Limit = 9, Statuses = [.. statuses] })).Select(member => member.LeadId);

    private async Task<IEnumerable<long>> Ids(CampaignUnit unit, PeopleFilter filter) =>
        (await Members(unit, new() { Limit = 9, Filter = filter })).Select(member => member.LeadId);

    private async Task<int> SetStatus(CampaignUnit unit, MemberStatus status, params long[] leadIds) =>
        await Driver.Directory.SetMemberStatus(unit.CampaignId, [.. leadIds], status, default);
}
