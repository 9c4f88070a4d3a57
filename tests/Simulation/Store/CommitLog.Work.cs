using LeadEngine.Storage;

namespace LeadEngine.Simulation.Store;

/// <summary>Work was promised.</summary>
internal sealed record WorkQueued(long TaskId, long CampaignId, NewTask Task) : Applied
{
    public override string ToString() =>
        $"work {TaskId} of campaign {CampaignId} queued for #{RequestIds.NumberOf(Task.RequestId)}: {Task.Order} {Task.Subject}, lead {Task.LeadId}";
}

/// <summary>Promised work is over: with a change of its lead or the lead's end, or dropped, since there is nothing to do.</summary>
internal sealed record WorkOver(long TaskId, NewTask Task, bool IsDropped) : Applied
{
    public override string ToString() => $"work {TaskId} for #{RequestIds.NumberOf(Task.RequestId)} is {(IsDropped ? "dropped" : "over")}";
}
