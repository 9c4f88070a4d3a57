using Orleans.Runtime;

namespace Orleans.Runtime
{
    /// <summary>A timer that belongs to an activation and ends with it.</summary>
    public interface IGrainTimer : IDisposable
    {
        /// <summary>Sets when it fires next, and how often after that.</summary>
        void Change(TimeSpan dueTime, TimeSpan period);
    }

    /// <summary>How a timer behaves.</summary>
    public readonly struct GrainTimerCreationOptions
    {
        /// <summary>When the timer fires first.</summary>
        public required TimeSpan DueTime { get; init; }

        /// <summary>How long after the end of one tick the next one is due; <see cref="Timeout.InfiniteTimeSpan"/> for never.</summary>
        public required TimeSpan Period { get; init; }

        /// <summary>Whether ticks run beside requests (at their awaits) rather than between them. Default: false.</summary>
        public bool Interleave { get; init; }

        /// <summary>Whether a tick counts as use, so that the activation is not idle. Default: false.</summary>
        public bool KeepAlive { get; init; }
    }
}

namespace Orleans
{
    /// <summary>What a grain can ask of its activation.</summary>
    public static class GrainBaseExtensions
    {
        /// <summary>Starts a timer whose callback runs as a turn of the grain.</summary>
        public static IGrainTimer RegisterGrainTimer<TState>(
            this IGrainBase grain, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
        {
            ArgumentNullException.ThrowIfNull(callback);
            return ((Activation)grain.GrainContext).StartTimer(token => callback(state, token), options);
        }

        /// <summary>Starts a timer whose callback runs as a turn of the grain.</summary>
        public static IGrainTimer RegisterGrainTimer(
            this IGrainBase grain, Func<CancellationToken, Task> callback, GrainTimerCreationOptions options)
        {
            ArgumentNullException.ThrowIfNull(callback);
            return ((Activation)grain.GrainContext).StartTimer(callback, options);
        }

        /// <summary>Starts a timer whose callback runs as a turn of the grain.</summary>
        public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, GrainTimerCreationOptions options)
        {
            ArgumentNullException.ThrowIfNull(callback);
            return ((Activation)grain.GrainContext).StartTimer(_ => callback(), options);
        }

        /// <summary>Starts a timer whose callback runs as a turn of the grain.</summary>
        public static IGrainTimer RegisterGrainTimer(this IGrainBase grain, Func<Task> callback, TimeSpan dueTime, TimeSpan period) =>
            grain.RegisterGrainTimer(callback, new GrainTimerCreationOptions { DueTime = dueTime, Period = period });

        /// <summary>Starts a timer whose callback runs as a turn of the grain.</summary>
        public static IGrainTimer RegisterGrainTimer(
            this IGrainBase grain, Func<CancellationToken, Task> callback, TimeSpan dueTime, TimeSpan period) =>
            grain.RegisterGrainTimer(callback, new GrainTimerCreationOptions { DueTime = dueTime, Period = period });
    }
}
