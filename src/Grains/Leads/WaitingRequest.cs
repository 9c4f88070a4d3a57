using System.Diagnostics;
using LeadEngine.Leads;
using LeadEngine.Storage.Telemetry;

namespace LeadEngine.Grains.Leads;

/// <summary>A request that waits at its lead, and the promise of an answer.</summary>
internal sealed class WaitingRequest(LeadRequest request)
{
    private readonly TaskCompletionSource<LeadReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The traced call that waits for it.</summary>
    public Activity? Call { get; } = EngineTelemetry.TracedCall;

    public LeadRequest Request { get; private set; } = request;

    public Task<LeadReply> Reply => _reply.Task;

    public void MarkAsRepeat() => Stamp(Request.Stamp with { IsRepeat = true });

    public void Stamp(RequestStamp stamp) => Request = Request.Stamp == stamp ? Request : Request.Under(stamp);

    public void Answer(LeadReply reply) => _reply.SetResult(reply);

    public void Fail(Exception exception) => _reply.TrySetException(exception);
}
