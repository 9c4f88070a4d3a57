using System.Diagnostics;
using LeadEngine.Storage.Telemetry;

namespace LeadEngine.Storage.Gathering;

/// <summary>Something that waits in a <see cref="Gatherer{TItem}"/> for its turn and its answer.</summary>
internal interface IPending
{
    /// <summary>How much of a batch and of the queue it takes.</summary>
    int Size { get; }

    /// <summary>When it came, as a timestamp of the clock.</summary>
    long Since { get; set; }

    /// <summary>It was sent, and nobody knows whether it took effect.</summary>
    bool InDoubt { get; set; }

    /// <summary>The traced call that waits for it.</summary>
    Activity? Call { get; }

    void Fail(Exception why);
}

/// <summary>
/// A request and the task that its sender awaits, in one object. Continuations never run inside <c>SetResult</c>: there they would hold up
/// the loop that all others wait for.
/// </summary>
internal sealed class Pending<TRequest, TReply>(TRequest request, int size)
    : TaskCompletionSource<TReply>(TaskCreationOptions.RunContinuationsAsynchronously), IPending
{
    public TRequest Request { get; } = request;

    public int Size { get; } = size;

    public long Since { get; set; }

    public bool InDoubt { get; set; }

    public Activity? Call { get; } = EngineTelemetry.TracedCall;

    public void Fail(Exception why) => TrySetException(why);
}
