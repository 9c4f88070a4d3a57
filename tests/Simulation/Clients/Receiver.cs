using System.Net;
using LeadEngine.Simulation.Engine;

namespace LeadEngine.Simulation.Clients;

/// <summary>All whom events are told: it remembers what it was sent, and does not always take it.</summary>
internal sealed class Receiver(World world, WebhookPlan plan)
{
    private static readonly TimeSpan LongestWay = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestAway = TimeSpan.FromSeconds(8);
    private static readonly int[] Failures = [500, 503, 429, 404, 302];
    private static readonly int[] Successes = [200, 200, 201, 204];

    private readonly Dictionary<string, int> _failed = [];
    private readonly HashSet<string> _gone = [];
    private readonly Dictionary<string, long> _awayUntil = [];

    public WebhookPlan Plan => plan;

    /// <summary>All that was sent, in that order.</summary>
    public List<Posted> Posts { get; } = [];

    /// <summary>What the engine logs as its own fault.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Since when all that is sent is taken; what is gone stays gone.</summary>
    public long? WellSince { get; private set; }

    private Chance Chance => world.Chance;

    public void Recover()
    {
        world.History.Add($"receivers are well");
        WellSince = world.Time.GetTimestamp();
    }

    /// <summary>Has a request get there, and its answer back.</summary>
    /// <param name="posted">The request.</param>
    /// <param name="mayArrive">Whether it is not lost with its sender.</param>
    /// <param name="cancel">Its sender waits no longer.</param>
    public Task<HttpResponseMessage> Send(Posted posted, Func<bool> mayArrive, CancellationToken cancel)
    {
        Posts.Add(posted);
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        cancel.UnsafeRegister(_ => End(posted, answer.TrySetCanceled(cancel), null), null);
        world.After(Chance.UpTo(LongestWay), () =>
        {
            if (mayArrive()) Arrive(posted, answer);
        });
        return answer.Task;
    }

    private void Arrive(Posted posted, TaskCompletionSource<HttpResponseMessage> answer)
    {
        var fate = DrawFate(posted);
        if (fate is not Fate.Unreachable) posted.HeardAt = world.Time.GetTimestamp();
        world.History.Add($"receiver: {fate}", $"  receiver: {posted}: {fate}");
        switch (fate)
        {
            case Fate.Unreachable:
            case Fate.Cut:
                var failure = new HttpRequestException("The connection was lost.");
                world.After(Chance.UpTo(LongestWay), () => End(posted, answer.TrySetException(failure), null));
                break;
            case Fate.Silent:
                break;
            default:
                Answer(posted, answer, fate);
                break;
        }
    }

    private void Answer(Posted posted, TaskCompletionSource<HttpResponseMessage> answer, Fate fate)
    {
        var status = fate switch
        {
            Fate.Failing => Chance.Of(Failures),
            Fate.Gone => (int)HttpStatusCode.Gone,
            _ => Chance.Of(Successes),
        };
        var time = Chance.UpTo(fate is Fate.Slow ? plan.Timeout * 1.3 : LongestWay);
        world.After(time, () => End(posted, answer.TrySetResult(new HttpResponseMessage((HttpStatusCode)status)), status));
    }

    private void End(Posted posted, bool isHeard, int? status)
    {
        if (!isHeard) return;
        (posted.EndedAt, posted.Status) = (world.Time.GetTimestamp(), status);
        if (!posted.Succeeded) _failed[posted.Id] = _failed.GetValueOrDefault(posted.Id) + 1;
    }

    private Fate DrawFate(Posted posted)
    {
        if (_gone.Contains(posted.Url)) return Fate.Gone;
        if (WellSince is not null || _failed.GetValueOrDefault(posted.Id) >= plan.MostFailures) return Fate.Taken;
        if (_awayUntil.GetValueOrDefault(posted.Url) > world.Time.GetTimestamp()) return Fate.Unreachable;

        var drawn = Chance.Random.NextDouble();
        if ((drawn -= plan.Failing) < 0) return Fate.Failing;
        if ((drawn -= plan.Cut) < 0) return Fate.Cut;
        if ((drawn -= plan.Silent) < 0) return Fate.Silent;
        if ((drawn -= plan.Slow) < 0) return Fate.Slow;
        if ((drawn -= plan.Away) < 0)
        {
            _awayUntil[posted.Url] = world.Time.GetTimestamp() + Chance.UpTo(LongestAway).Ticks;
            return Fate.Unreachable;
        }

        if (drawn - plan.Gone >= 0) return Fate.Taken;
        _gone.Add(posted.Url);
        return Fate.Gone;
    }

    private enum Fate
    {
        Taken,
        Failing,
        Cut,
        Silent,
        Slow,
        Unreachable,
        Gone,
    }
}
