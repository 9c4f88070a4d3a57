using LeadEngine.Storage.Tests.Contract;

namespace LeadEngine.Storage.Tests.Gathering;

/// <summary>What goes into one transaction, and in which order.</summary>
public sealed class GroupCommitTests
{
    [Fact]
    public async Task Commit_NothingUnderWay_IsSentAtOnce()
    {
        var world = new StoreWorld();

        var reply = world.Commit(7);

        Assert.Equal(7, Assert.Single(Assert.Single(world.Driver.Commits).Request.Units).CampaignId);
        Assert.Equal(ManualTimeProvider.Start, world.Driver.Commits[0].Request.Now);
        Assert.False(reply.IsCompleted);
        world.Succeed();
        Assert.Equal(7, (await reply).LeadCount);
    }

    [Fact]
    public async Task Commit_WhileATransactionIsUnderWay_AllThatComesMakesTheNext()
    {
        var world = new StoreWorld();
        var first = world.Commit(1);
        var units = new[] { world.Commit(2), world.Commit(3) };
        var changes = new[] { world.Write(10), world.Write(11) };
        var answer = world.Do(store => store.SaveAnswer("key", Make.Answer(1)));

        Assert.Single(world.Driver.Commits);
        world.Succeed();
        Assert.True(first.IsCompletedSuccessfully);

        var next = world.Driver.Commits[1].Request;
        Assert.Equal([2L, 3], next.Units.Select(unit => unit.CampaignId));
        Assert.Equal([10L, 11], next.Changes.Select(change => change.After.Id));
        Assert.Equal(["key"], next.Answers.Select(kept => kept.Key));
        Assert.False(answer.IsCompleted);
        world.Succeed();
        Assert.Equal([2L, 3], (await Task.WhenAll(units)).Select(reply => reply.LeadCount));
        Assert.Equal([10L, 11], (await Task.WhenAll(changes)).Select(reply => reply.Stored!.Lead.Id));
        Assert.True(answer.IsCompletedSuccessfully);
        Assert.Equal(2, world.Driver.Commits.Count);
    }

    [Fact]
    public void Commit_UnitsOfOneCampaign_GoOneByOneInOrder()
    {
        var world = new StoreWorld();
        world.Commit(1);
        world.Commit(5, adds: 1);
        world.Commit(5, adds: 2);
        world.Commit(6);
        world.Commit(5, adds: 3);

        world.Succeed();
        world.Succeed();
        world.Succeed();

        Assert.Equal(["1x1", "5x1 6x1", "5x2", "5x3"], world.Driver.Commits.Select(commit => Units(commit.Request)));

        static string Units(WriteBatch batch) => string.Join(' ', batch.Units.Select(unit => $"{unit.CampaignId}x{unit.Adds.Length}"));
    }

    [Fact]
    public void Write_ChangesOfOneLead_GoOneByOneInOrder()
    {
        var world = new StoreWorld();
        world.Commit(1);
        world.Write(10, counter: 2);
        world.Write(10, counter: 3);
        world.Write(11, counter: 2);

        world.Succeed();
        world.Succeed();

        Assert.Equal(
            ["", "10/2 11/2", "10/3"],
            world.Driver.Commits.Select(
                commit => string.Join(' ', commit.Request.Changes.Select(change => $"{change.After.Id}/{change.After.Counter}"))));
    }

    [Fact]
    public void Write_LeadThatAUnitChanges_WaitsForTheNext()
    {
        var world = new StoreWorld();
        world.Commit(1);
        world.Commit(5, 0, StoreWorld.Change(10, counter: 2));
        world.Write(10, counter: 3);

        world.Succeed();
        Assert.Empty(world.Driver.Commits[1].Request.Changes);
        world.Succeed();
        Assert.Single(world.Driver.Commits[2].Request.Changes);
    }

    [Fact]
    public void Commit_UnitOfALeadThatAChangeHas_WaitsForTheNext()
    {
        var world = new StoreWorld();
        world.Commit(1);
        world.Write(10, counter: 2);
        world.Commit(5, 0, StoreWorld.Change(10, counter: 3));

        world.Succeed();
        Assert.Empty(world.Driver.Commits[1].Request.Units);
        world.Succeed();
        Assert.Single(world.Driver.Commits[2].Request.Units);
    }

    [Fact]
    public void Write_LeadOfAUnitThatHasToWait_DoesNotOvertakeIt()
    {
        var world = new StoreWorld();
        world.Commit(1);
        world.Commit(5);
        world.Commit(5, 0, StoreWorld.Change(10, counter: 2));
        world.Write(10, counter: 3);

        world.Succeed();
        Assert.Empty(world.Driver.Commits[1].Request.Changes);
        world.Succeed();
        Assert.Empty(world.Driver.Commits[2].Request.Changes);
        world.Succeed();
        Assert.Single(world.Driver.Commits[3].Request.Changes);
    }

    [Fact]
    public void SaveAnswer_OneKeyTwice_GoesOneByOne()
    {
        var world = new StoreWorld();
        world.Commit(1);
        world.Do(store => store.SaveAnswer("key", Make.Answer(1, 201)));
        world.Do(store => store.SaveAnswer("key", Make.Answer(1, 500)));

        world.Succeed();
        world.Succeed();

        Assert.Equal([201, 500], world.Driver.Commits.SelectMany(commit => commit.Request.Answers).Select(kept => kept.Answer.Status!.Value));
        Assert.Equal(3, world.Driver.Commits.Count);
    }

    [Fact]
    public void Commit_MoreThanABatch_IsSplitByLeads()
    {
        var world = new StoreWorld(new() { BatchSize = 10 });
        world.Commit(1);
        world.Commit(2, adds: 6);
        world.Commit(3, adds: 4);
        world.Commit(4, adds: 6);
        world.Commit(5, adds: 5);

        world.Succeed();
        world.Succeed();
        world.Succeed();

        Assert.Equal([1, 2, 1, 1], world.Driver.Commits.Select(commit => commit.Request.Units.Length));
    }

    [Fact]
    public void Commit_UnitLargerThanABatch_GoesAlone()
    {
        var world = new StoreWorld(new() { BatchSize = 10 });
        world.Commit(1);
        world.Commit(2, adds: 25);
        world.Commit(3);

        world.Succeed();
        world.Succeed();

        Assert.Equal([1, 25, 1], world.Driver.Commits.Select(commit => commit.Request.Units.Sum(unit => unit.Adds.Length)));
    }

    [Fact]
    public void Commit_QueueFull_IsBusyUntilThereIsRoom()
    {
        var world = new StoreWorld(new() { QueueLength = 100 });
        _ = world.Commit(1);
        var waiting = world.Commit(2, adds: 99);
        var lastPlace = world.Write(10);

        StoreWorld.Failure<StoreBusyException>(world.Write(11));
        StoreWorld.Failure<StoreBusyException>(world.Commit(3));

        world.Succeed();
        var later = world.Commit(3);
        world.Succeed();
        world.Succeed();
        Assert.True(waiting.IsCompletedSuccessfully && lastPlace.IsCompletedSuccessfully && later.IsCompletedSuccessfully);
        Assert.DoesNotContain(world.Driver.Commits, commit => commit.Request.Changes.Any(change => change.After.Id == 11));
    }

    [Fact]
    public void Commit_QueueWasFullOfThoseWhoLostPatience_HasRoom()
    {
        var world = new StoreWorld(new() { QueueLength = 100 });
        _ = world.Commit(1);
        var impatient = world.Commit(2, adds: 100);
        world.Advance(world.Options.Patience);
        StoreWorld.Failure<StoreBusyException>(impatient);

        var half = world.Commit(3, adds: 50);
        var otherHalf = world.Commit(4, adds: 50);

        Assert.False(half.IsCompleted || otherHalf.IsCompleted);
    }

    [Fact]
    public void Commit_Waiter_IsNotResumedInsideTheLoop()
    {
        var world = new StoreWorld();

        Assert.True(world.Commit(1).CreationOptions.HasFlag(TaskCreationOptions.RunContinuationsAsynchronously));
    }
}
