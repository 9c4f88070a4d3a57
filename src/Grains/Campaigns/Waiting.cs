using System.Diagnostics;
using LeadEngine.Campaigns;
using LeadEngine.Grains.Fraud;
using LeadEngine.Leads;
using LeadEngine.Storage.Telemetry;

namespace LeadEngine.Grains.Campaigns;

/// <summary>Something that waits at a campaign for its turn, and the promise of an answer.</summary>
internal abstract class Waiting
{
    /// <summary>The traced call that waits for it.</summary>
    public Activity? Call { get; } = EngineTelemetry.TracedCall;

    public abstract void Refuse(LeadRefusal why);

    public abstract void Fail(Exception exception);
}

internal abstract class Waiting<TReply> : Waiting
{
    private readonly TaskCompletionSource<TReply> _reply = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<TReply> Reply => _reply.Task;

    public void Answer(TReply reply) => _reply.SetResult(reply);

    public override void Fail(Exception exception) => _reply.SetException(exception);
}

internal sealed class WaitingAdd(NewLead lead) : Waiting<AddReply>
{
    public NewLead Lead { get; private set; } = lead;

    /// <summary>Another lead has, or is about to get, the value that does not identify this one: it stays contact data.</summary>
    public void LoseClaim() => Lead = Lead.WithoutClaim();

    /// <summary>The lead, if it is new, is flagged as fraudulent.</summary>
    public void Flag(string reason) => Lead = FraudRules.Flag(Lead, reason);

    public override void Refuse(LeadRefusal why) => Answer(AddReply.Refused(why));
}

internal sealed class WaitingChange(LeadChange change) : Waiting<LeadChangeReply>
{
    public LeadChange Change => change;

    public override void Refuse(LeadRefusal why) => Answer(LeadChangeReply.Refused(why));
}

internal sealed class WaitingRemoval(LeadRemoval removal) : Waiting<LeadRefusal?>
{
    public LeadRemoval Removal => removal;

    public override void Refuse(LeadRefusal why) => Answer(why);
}

internal sealed class WaitingStatus(CampaignStatus status) : Waiting<CampaignReply>
{
    public CampaignStatus Status => status;

    public override void Refuse(LeadRefusal why) => Answer(CampaignReply.Refused(why));
}
