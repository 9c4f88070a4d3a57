using LeadEngine.Leads;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>What a lead leaves behind that is gone from the table.</summary>
public abstract class DeletionContract(TestDatabase database) : StoreContract(database)
{
    [ContractFact]
    public async Task Commit_LastLeadIsGone_ItsRankAndIdAreNotGivenAgain()
    {
        var unit = await NewUnit();
        var gone = (await Add(unit, Make.Person("ann@x.org"), Make.Person("bob@x.org")))[1].Lead;
        await Erase(gone);

        var reply = await Commit(unit, Make.Person("cleo@x.org"));

        Assert.Equal(3, reply.Adds.Single().Rank);
        Assert.NotEqual(gone.Id, reply.Adds.Single().LeadId);
        Assert.Equal(2, reply.LeadCount);
    }

    [ContractFact]
    public async Task Commit_PersonOfALeadThatIsGone_IsNew()
    {
        var unit = await NewUnit();
        await Erase((await Add(unit, Make.Person("ann@x.org", "+15551230001"))).Single().Lead);

        var reply = await Commit(unit, Make.Person("ann@x.org", "+15551230001"));

        Assert.Equal(2, reply.Adds.Single().Rank);
    }

    private protected abstract Task Run(string sql);

    private async Task Erase(Lead lead)
    {
        await Run($"delete from leads where id = {lead.Id}");
        await Run($"update campaigns set live_count = live_count - 1 where id = {lead.CampaignId}");
    }
}
