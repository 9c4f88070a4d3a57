using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Engine;

namespace LeadEngine.Simulation.Store;

/// <summary>What is outside of all processes: the database, the weather, and whom events are told.</summary>
internal sealed class Outside(SimulatedDatabase database)
{
    public SimulatedDatabase Database => database;

    public Weather Weather { get; set; } = Weather.Fair;

    /// <summary>Whom events are told; null for nobody, and then no process delivers any.</summary>
    public Receiver? Receiver { get; init; }

    /// <summary>For a history that is written rather than drawn: what becomes of a call, or null for what the weather says.</summary>
    public Func<string, CallFate?>? Script { get; set; }
}

/// <summary>One process's way to the database: each call takes time, takes effect at some moment of it, and may meet a fault.</summary>
internal sealed class FaultyWay(int process, World world, Outside outside) : IWay
{
    private bool _isCut;

    private Weather Weather => outside.Weather;

    /// <summary>The process is gone: what it had under way takes effect or does not, and nobody hears of it.</summary>
    public void Cut() => _isCut = true;

    public Task<T> Read<T>(FormattableString what, Func<T> transaction) => Begin(what, transaction, DrawRead(), writes: false);

    public Task<T> Write<T>(FormattableString what, Func<T> transaction, int size) => Begin(what, transaction, DrawWrite(size), writes: true);

    private CallFate DrawRead() => world.Chance.Happens(Weather.Busy) ? CallFate.Busy : CallFate.Served;

    private CallFate DrawWrite(int size)
    {
        var drawn = world.Chance.Random.NextDouble();
        if ((drawn -= Weather.Busy) < 0) return CallFate.Busy;
        if ((drawn -= Weather.LandedUnheard) < 0) return CallFate.LandedUnheard;
        if ((drawn -= Weather.Lost) < 0) return CallFate.Lost;
        if ((drawn -= Weather.LandsLater) < 0) return CallFate.LandsLater;
        // One item alone is faulty only if the engine made it so.
        return (drawn -= Weather.Faulty) < 0 && size > 1 ? CallFate.Faulty : CallFate.Served;
    }

    private Task<T> Begin<T>(FormattableString what, Func<T> transaction, CallFate fate, bool writes)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        world.After(Way(), () => Arrive(what, transaction, FateOnArrival(what, fate, writes), answer));
        return answer.Task;
    }

    private CallFate FateOnArrival(FormattableString what, CallFate drawn, bool writes)
    {
        if (outside.Script?.Invoke(FormattableString.Invariant(what)) is { } written) return written;
        if (!Weather.IsAway || drawn is not CallFate.Served) return drawn;
        return writes && world.Chance.Happens(0.3) ? CallFate.Lost : CallFate.Busy;
    }

    private void Arrive<T>(FormattableString what, Func<T> transaction, CallFate fate, TaskCompletionSource<T> answer)
    {
        if (_isCut && world.Chance.Happens(0.5)) return;
        switch (fate)
        {
            case CallFate.Served:
                world.History.Add($"  process {process}: {what}");
                var result = transaction();
                world.After(Way(), () => answer.SetResult(result));
                break;
            case CallFate.LandedUnheard:
                world.History.Add("call landed unheard", $"  process {process}: {what}; the answer is lost");
                transaction();
                Fail(answer, new StoreOutcomeUnknownException("The connection was lost."));
                break;
            case CallFate.LandsLater:
                var delay = world.Chance.UpTo(Weather.Latest);
                world.History.Add("call landed late", $"  process {process}: {what}: the connection is lost, it lands {delay.TotalMilliseconds:F3} ms later");
                world.After(delay, () => LandLate(what, transaction));
                Fail(answer, new StoreOutcomeUnknownException("The connection was lost."));
                break;
            case CallFate.Lost:
                world.History.Add("call lost", $"  process {process}: {what}: lost on the way");
                Fail(answer, new StoreOutcomeUnknownException("The connection was lost."));
                break;
            case CallFate.Faulty:
                world.History.Add("batch faulty", $"  process {process}: {what}: refused as faulty");
                Fail(answer, new InvalidOperationException("A part of the batch cannot be done."));
                break;
            default:
                world.History.Add("call busy", $"  process {process}: {what}: busy");
                Fail(answer, new StoreBusyException("The database is busy."));
                break;
        }
    }

    private void LandLate<T>(FormattableString what, Func<T> transaction)
    {
        world.History.Add($"  process {process}: {what}: lands late");
        transaction();
    }

    private void Fail<T>(TaskCompletionSource<T> answer, Exception why) => world.After(Way(), () => answer.SetException(why));

    private TimeSpan Way() => world.Chance.UpTo(world.Chance.Happens(Weather.Slow) ? Weather.Latency * 40 : Weather.Latency);
}
