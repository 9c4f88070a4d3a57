using LeadEngine.Campaigns;
using LeadEngine.Grains.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadEngine.Silo;

/// <summary>Carries out queued work. Hosts do it side by side: the store hands a piece to one at a time.</summary>
internal sealed partial class BulkWork(
    ITaskStore tasks, IGrainFactory grains, WorkBell bell, TimeProvider clock, Random random, ILogger<BulkWork> logger) : BackgroundService
{
    private const int TakenAtOnce = 100;

    /// <summary>
    /// As long as a request is waited for: whoever has a piece is done with it, or gone. Should two have it, it is done once.
    /// </summary>
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PauseOfLocked = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan LongestIgnorance = TimeSpan.FromMinutes(1);

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Run(stoppingToken);

    /// <summary>Goes on until it is told to stop, on the scheduler on which it is called.</summary>
    internal async Task Run(CancellationToken stoppingToken)
    {
        while (true)
        {
            var rung = bell.Rung;
            if (await WorkOff() == 0)
            {
                await rung.WaitAsync(Pause, clock, stoppingToken)
                    .ConfigureAwait(ConfigureAwaitOptions.ContinueOnCapturedContext | ConfigureAwaitOptions.SuppressThrowing);
            }

            stoppingToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Carries out what is due, or a part of it.</summary>
    /// <returns>How many pieces it was given.</returns>
    internal async Task<int> WorkOff()
    {
        try
        {
            var due = await tasks.TakeDue(TakenAtOnce, Lease);
            var tags = new TagsOfCampaigns(grains);
            await Task.WhenAll(due.Select(task => CarryOut(task, tags)));
            return due.Length;
        }
        catch (Exception away) when (away is StoreBusyException or StoreOutcomeUnknownException)
        {
            LogPutOff(logger, away);
        }
        catch (Exception fault)
        {
            LogNothingTaken(logger, fault);
        }

        return 0;
    }

    // Whatever is wrong with one piece, the others go on, and it comes again when its lease is over.
    private async Task CarryOut(DueTask due, TagsOfCampaigns tags)
    {
        try
        {
            await (due.Task.Order is LeadOrder.Delete ? Delete(due) : Apply(due, tags));
        }
        catch (Exception away) when (away is StoreBusyException or StoreOutcomeUnknownException or TimeoutException)
        {
            LogPutOff(logger, away);
        }
        catch (Exception fault)
        {
            LogFault(logger, due.Id, fault);
        }
    }

    // What was done has gone with it from the queue. A lead that was gone before the work was kept took none with it.
    private async Task Delete(DueTask due)
    {
        var refusal = await grains.GetGrain<ILeadGrain>(due.Task.LeadId).Remove(due.CampaignId, leaveMember: false);
        await Settle(due, refusal ?? LeadRefusal.LeadNotFound);
    }

    private async Task Apply(DueTask due, TagsOfCampaigns tags)
    {
        var tag = due.Task.Order is LeadOrder.Tag ? await tags.Find(due.CampaignId, due.Task.Subject) : null;
        if (due.Task.Order is LeadOrder.Tag && tag is null)
        {
            await tasks.PutOff(due.Id, IsOutdated(due.Task) ? null : Soon());
            return;
        }

        var reply = await grains.GetGrain<ILeadGrain>(due.Task.LeadId).Apply(new LeadCommand
        {
            CampaignId = due.CampaignId,
            Request = new RequestStamp { Id = due.Task.RequestId, ReceivedAt = due.Task.RequestedAt, IsRepeat = true },
            Order = due.Task.Order,
            Tag = tag,
            TaskId = due.Id,
        });
        if (reply.Refusal is { } refusal) await Settle(due, refusal);
    }

    // Who was asked may be a campaign's former activation, which does not know of a tag that is new; by then none is left.
    private bool IsOutdated(NewTask task) => clock.GetUtcNow() - task.RequestedAt > LongestIgnorance;

    private DateTimeOffset Soon() => clock.GetUtcNow() + (Pause * (1 + random.NextDouble()));

    private Task Settle(DueTask due, LeadRefusal refusal) => tasks.PutOff(due.Id, refusal switch
    {
        LeadRefusal.LeadNotFound => null,
        LeadRefusal.Locked => clock.GetUtcNow() + PauseOfLocked,
        _ => Soon(),
    });

    [LoggerMessage(LogLevel.Information, "Queued work waits until the store answers again.")]
    private static partial void LogPutOff(ILogger logger, Exception reason);

    [LoggerMessage(LogLevel.Error, "Queued work cannot be taken; it is tried again.")]
    private static partial void LogNothingTaken(ILogger logger, Exception fault);

    [LoggerMessage(LogLevel.Error, "Queued work {TaskId} could not be done; it is tried again.")]
    private static partial void LogFault(ILogger logger, long taskId, Exception fault);

    /// <summary>Asks each campaign once for the tags that are to be given.</summary>
    private sealed class TagsOfCampaigns(IGrainFactory grains)
    {
        private readonly Dictionary<long, Task<CampaignReply>> _campaigns = [];

        /// <returns>Null when the campaign has it no more.</returns>
        public async Task<LeadTag?> Find(long campaignId, long tagId)
        {
            if (!_campaigns.TryGetValue(campaignId, out var reply))
            {
                _campaigns.Add(campaignId, reply = grains.GetGrain<ICampaignGrain>(campaignId).Get());
            }

            return (await reply).Campaign?.Settings.Tags.FirstOrDefault(tag => tag.Id == tagId);
        }
    }
}
