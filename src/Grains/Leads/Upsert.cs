using System.Diagnostics;
using LeadEngine.Leads;
using LeadEngine.Storage.Telemetry;

namespace LeadEngine.Grains.Leads;

/// <summary>An upsert that waits at its lead, and the promise of an answer.</summary>
internal sealed class Upsert(UpsertLead command)
{
    private readonly TaskCompletionSource<LeadReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>The traced call that waits for it.</summary>
    public Activity? Call { get; } = EngineTelemetry.TracedCall;

    public UpsertLead Command { get; private set; } = command;

    public Task<LeadReply> Reply => _reply.Task;

    public void MarkAsRepeat() => Stamp(Command.Request with { IsRepeat = true });

    public void Stamp(RequestStamp request) => Command = Command.Request == request ? Command : Command with { Request = request };

    public void Answer(LeadReply reply) => _reply.SetResult(reply);

    public void Fail(Exception exception) => _reply.TrySetException(exception);
}
