using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>Promised work: handed out when it is due, and gone with what carried it out.</summary>
public abstract class TaskContract(TestDatabase database) : StoreContract(database)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    [ContractFact]
    public async Task TakeDue_QueuedWork_ComesAsItWasInOrder()
    {
        ImmutableArray<NewTask> tasks =
        [
            Task(3) with { Order = LeadOrder.Tag, Subject = long.MaxValue, RequestedAt = Make.Noon.AddDays(-1).AddMicroseconds(1) },
            Task(1) with { Order = LeadOrder.Delete },
            Task(2),
        ];
        await Queue(7, tasks);
        await Queue(8, [Task(4)]);

        var due = await Take();

        Assert.Equal<NewTask>([.. tasks, due[3].Task], [.. due.Select(task => task.Task)]);
        Assert.Equal([7L, 7, 7, 8], due.Select(task => task.CampaignId));
        Assert.Equal(4, due.Select(task => task.Id).Distinct().Count());
    }

    [ContractFact]
    public async Task TakeDue_MoreThanTheLimit_LeavesTheRest()
    {
        await Queue(7, [.. Enumerable.Range(1, 5).Select(lead => Task(lead))]);

        Assert.Equal([1L, 2, 3], (await Take(limit: 3)).Select(task => task.Task.LeadId));
        Assert.Equal([4L, 5], (await Take(limit: 3)).Select(task => task.Task.LeadId));
        Assert.Empty(await Take());
    }

    [ContractFact]
    public async Task TakeDue_LeaseIsOver_HandsOutAgain()
    {
        await Queue(7, [Task(1), Task(2)]);
        var first = await Take();

        Assert.Empty(await Take(Make.Noon + Lease - TimeSpan.FromMilliseconds(1)));
        Assert.Equal(first.AsEnumerable(), await Take(Make.Noon + Lease));
    }

    [ContractFact]
    public async Task TakeDue_SeveralOfOneLead_OneAfterTheOther()
    {
        await Queue(7, [Task(1) with { Order = LeadOrder.OptOut }, Task(1) with { Order = LeadOrder.OptIn }, Task(2)]);

        var first = await Take();
        Assert.Equal([(1L, LeadOrder.OptOut), (2L, LeadOrder.Verify)], first.Select(task => (task.Task.LeadId, task.Task.Order)));
        await PutOff(first[0].Id, Make.Noon.AddSeconds(5));
        Assert.Empty(await Take());

        await PutOff(first[0].Id, null);
        Assert.Equal(LeadOrder.OptIn, Assert.Single(await Take()).Task.Order);
    }

    [ContractFact]
    public async Task EndLeases_TakenAndPutOff_AreDueAtOnce()
    {
        await Queue(7, [Task(1), Task(2), Task(1)]);
        var due = await Take();
        await PutOff(due[1].Id, Make.Noon.AddSeconds(5));
        Assert.Empty(await Take(Make.Noon.AddSeconds(1)));

        await Driver.Tasks.EndLeases(Make.Noon.AddSeconds(1), default);

        Assert.Equal(due.AsEnumerable(), await Take(Make.Noon.AddSeconds(1)));
    }

    [ContractFact]
    public async Task PutOff_UntilLater_ComesInItsTurn()
    {
        await Queue(7, [Task(1), Task(2), Task(3)]);
        var due = await Take();

        await PutOff(due[2].Id, Make.Noon.AddSeconds(1));
        await PutOff(due[0].Id, Make.Noon.AddSeconds(2));
        await PutOff(due[1].Id, null);

        Assert.Empty(await Take(Make.Noon));
        Assert.Equal([3L, 1], (await Take(Make.Noon.AddSeconds(2))).Select(task => task.Task.LeadId));
    }

    [ContractFact]
    public async Task PutOff_WorkThatIsGone_ChangesNothing()
    {
        await Queue(7, [Task(1)]);
        var gone = (await Take()).Single();
        await PutOff(gone.Id, null);
        await Queue(7, [Task(2)]);

        await PutOff(gone.Id, Make.Noon.AddDays(1));
        await PutOff(gone.Id, null);

        Assert.Equal(2, Assert.Single(await Take()).Task.LeadId);
    }

    [ContractFact]
    public async Task Queue_Nothing_KeepsNothing()
    {
        await Queue(7, []);

        Assert.Empty(await Take());
    }

    [ContractFact]
    public async Task TakeDue_ManyTakersAtOnce_EachPieceOnce()
    {
        var other = await Database.Connect();
        await Queue(7, [.. Enumerable.Range(1, 200).Select(lead => Task(1 + (lead % 100)))]);

        var taken = await System.Threading.Tasks.Task.WhenAll(
            Enumerable.Range(0, 20).Select(i => (i % 2 == 0 ? Driver : other).Tasks.TakeDue(10, Make.Noon, Make.Noon + Lease, default)));

        var leads = taken.SelectMany(due => due).Select(task => task.Task.LeadId).ToList();
        Assert.Equal(leads.Count, leads.Distinct().Count());
        Assert.Equal(100 - leads.Count, (await Take(limit: 500)).Length);
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_ChangeThatCarriesItOut_TakesTheWorkAlong(bool inUnit)
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        var tasks = await QueueFor(ann);
        var change = Make.Change(ann) with { Tasks = [tasks[0].Id, 999_999_999] };

        if (inUnit) await Score(unit, change with { Points = 1 });
        else await Write(change);

        Assert.Equal(LeadOrder.OptIn, Assert.Single(await Take(Make.Noon + Lease)).Task.Order);
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_ChangeThatIsRefused_LeavesTheWork(bool isLocked)
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        var bob = (await Add(unit, Make.Person("bob@x.org"))).Single();
        var tasks = await QueueFor(ann);
        if (isLocked) await SetStatus(unit, CampaignStatus.Locked);
        else await Write(Make.Change(ann));

        await Driver.Commit(Make.Batch() with { Changes = [Make.Change(ann) with { Tasks = [tasks[0].Id] }, Make.Change(bob)] }, default);

        Assert.Equal(tasks[0], Assert.Single(await Take(Make.Noon + Lease)));
    }

    /// <summary>Two activations that have one piece of work both end it: what comes after it stays.</summary>
    [ContractFact]
    public async Task Commit_WorkEndedTwiceWithoutAChange_LeavesTheNext()
    {
        var unit = await NewUnit();
        var ann = (await Add(unit, Make.Person("ann@x.org"))).Single();
        var tasks = await QueueFor(ann);
        var end = Make.Change(ann) with { After = ann.Lead, Requests = ann.Requests, Tasks = [tasks[0].Id] };

        await Write(end);
        await Write(end);

        Assert.Equal(LeadOrder.OptIn, Assert.Single(await Take(Make.Noon + Lease)).Task.Order);
    }

    [ContractTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Commit_Removal_TakesAllItsWorkAlong(bool leaveMember)
    {
        var unit = await NewUnit();
        var stored = await Add(unit, Make.Person("ann@x.org"), Make.Person("bob@x.org"));
        await QueueFor(stored[0]);
        var bobs = await QueueFor(stored[1]);

        await Remove(unit, new LeadRemoval(stored[0].Lead.Id, leaveMember));

        Assert.Equal(bobs, (await Take(Make.Noon + Lease)).Take(9));
    }

    private async Task<DueTask[]> QueueFor(StoredLead lead)
    {
        await Queue(lead.Lead.CampaignId, [Task(lead.Lead.Id) with { Order = LeadOrder.OptOut }, Task(lead.Lead.Id) with { Order = LeadOrder.OptIn }]);
        return [.. await Take()];
    }

    private Task Queue(long campaign, ImmutableArray<NewTask> tasks) => Driver.Tasks.Queue(campaign, tasks, Make.Noon, default);

    private Task<ImmutableArray<DueTask>> Take(DateTimeOffset? now = null, int limit = 100) =>
        Driver.Tasks.TakeDue(limit, now ?? Make.Noon, (now ?? Make.Noon) + Lease, default);

    private Task PutOff(long task, DateTimeOffset? until) => Driver.Tasks.PutOff(task, until, default);

    private static NewTask Task(long lead) => new(lead, LeadOrder.Verify, 0, Guid.NewGuid(), Make.Noon);
}
