using System.Diagnostics.Metrics;
using LeadEngine.Campaigns;
using LeadEngine.Storage.Telemetry;
using LeadEngine.Storage.Tests.Contract;
using Microsoft.Extensions.Logging.Abstractions;

namespace LeadEngine.Storage.Tests.Gathering;

/// <summary>A lead store whose database, clock and thread are in the hands of the test.</summary>
internal sealed class StoreWorld
{
    private readonly TestLoop _loop = new();
    private readonly LeadStore _store;

    public StoreWorld(StoreOptions? options = null)
    {
        Options = options ?? new();
        Metrics = new(Meter);
        _store = new(
            Driver,
            Microsoft.Extensions.Options.Options.Create(Options),
            Clock,
            Metrics,
            NullLogger<LeadStore>.Instance,
            new Random(1));
        Do(store => store.StartAsync(default));
    }

    public StoreOptions Options { get; }

    public ScriptedDriver Driver { get; } = new();

    public ManualTimeProvider Clock { get; } = new();

    public StoreMetrics Metrics { get; }

    public Meter Meter { get; } = new("test");

    public T Do<T>(Func<LeadStore, T> action) => _loop.Run(() => action(_store));

    public Task<UnitReply> Commit(long campaignId, int adds = 1, params LeadChange[] changes) =>
        Do(store => store.Commit(new()
        {
            CampaignId = campaignId,
            AccountId = 1,
            Epoch = 1,
            Adds = [.. Enumerable.Range(0, adds).Select(i => Make.Person($"{i}@x.org"))],
            Changes = [.. changes],
        }));

    public Task<LeadChangeReply> Write(long leadId, long counter = 2) => Do(store => store.Write(Change(leadId, counter)));

    public static LeadChange Change(long leadId, long counter = 2) => new()
    {
        After = new() { Id = leadId, CampaignId = 1, Rank = 1, CreatedAt = Make.Noon, Counter = counter, Profile = new() },
        ExpectedVersion = counter - 1,
        Requests = new(),
    };

    /// <summary>Why the task failed; awaiting one that has not would wait for ever.</summary>
    public static T Failure<T>(Task task) where T : Exception
    {
        Assert.True(task.IsFaulted);
        return Assert.IsType<T>(task.Exception.InnerException);
    }

    public void Advance(TimeSpan by) => Clock.Advance(by, () => Do(_ => true));

    /// <summary>
    /// The last transaction that was begun succeeds. Replies tell whom they are for: campaigns by lead count, leads by lead.
    /// </summary>
    public void Succeed()
    {
        var call = Driver.Commits[^1];
        var units = call.Request.Units.Select(unit => new UnitReply { LeadCount = unit.CampaignId });
        var changes = call.Request.Changes.Select(
            change => LeadChangeReply.Applied(new() { Lead = change.After, Version = change.After.Counter, Requests = new() }));
        Do(_ => call.Reply.TrySetResult(new([.. units], [.. changes])));
    }

    /// <summary>The last transaction that was begun fails.</summary>
    public void Fail(Exception why) => Do(_ => Driver.Commits[^1].Reply.TrySetException(why));
}
