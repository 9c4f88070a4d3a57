namespace LeadEngine.Grains.Tests;

/// <summary>A clock on which every pause is over at once.</summary>
internal sealed class PromptClock : TimeProvider
{
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime == Timeout.InfiniteTimeSpan ? dueTime : TimeSpan.Zero, period);
}
