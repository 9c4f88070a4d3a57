using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Grains.Leads;

/// <summary>What can be asked of a lead that is there, in the form in which requests are folded into one write.</summary>
internal abstract record LeadRequest(long CampaignId, RequestStamp Stamp)
{
    /// <summary>Only whether the lead has seen it is asked.</summary>
    public virtual bool IsRecall => false;

    /// <summary>The queued work that it carries out.</summary>
    public virtual long? TaskId => null;

    /// <summary>A verdict of the owner goes by itself, since it means more to the score than what else may come with it.</summary>
    public virtual bool IsReview => false;

    /// <summary>What a row tells of the request. Work that is still queued was not done, whatever the row has forgotten since.</summary>
    public Sighting SightIn(RequestLog log) => RequestRules.Look(log, TaskId is null ? Stamp : Stamp with { IsRepeat = false });

    public abstract LeadEffect On(Lead lead);

    /// <summary>Why it cannot be done, as far as the lead itself tells.</summary>
    public abstract LeadRefusal? RefusalOf(LeadEffect effect);

    /// <summary>
    /// The address to gain. Also if the lead keeps its own: as soon as somebody has the other one, the request is about that one. An
    /// address that does not identify says nothing of that, and stays contact data.
    /// </summary>
    public virtual string? EmailToClaim(Lead lead) => null;

    /// <summary>The phone number to gain.</summary>
    public virtual string? PhoneToClaim(Lead lead) => null;

    public abstract LeadRequest Under(RequestStamp stamp);
}

/// <summary>An upsert of a lead that is there.</summary>
internal sealed record UpsertRequest(UpsertLead Command) : LeadRequest(Command.CampaignId, Command.Request)
{
    public override bool IsRecall => Command.IsRecall;

    public override LeadEffect On(Lead lead) => LeadRules.Upsert(lead, Command);

    public override LeadRefusal? RefusalOf(LeadEffect effect) =>
        Command.IsRecall ? LeadRefusal.LeadNotFound
        : Command.MustBeNew ? LeadRefusal.AlreadyExists
        : effect.After.Profile.CustomFields.Length > LeadProfile.MaxCustomFields ? LeadRefusal.TooManyFields
        : null;

    public override string? EmailToClaim(Lead lead) =>
        Command.IdentifiedBy is Identification.Phone || Command.Email == lead.Email ? null : Command.Email;

    public override string? PhoneToClaim(Lead lead) => lead.Phone is null ? Command.Phone : null;

    public override LeadRequest Under(RequestStamp stamp) => new UpsertRequest(Command with { Request = stamp });
}

/// <summary>A command for a lead.</summary>
internal sealed record OrderRequest(LeadCommand Command) : LeadRequest(Command.CampaignId, Command.Request)
{
    public override long? TaskId => Command.TaskId;

    public override bool IsReview => Command.Order is LeadOrder.Approve or LeadOrder.Block;

    public override LeadEffect On(Lead lead) => OrderRules.CarryOut(lead, Command);

    public override LeadRefusal? RefusalOf(LeadEffect effect) => null;

    public override LeadRequest Under(RequestStamp stamp) => new OrderRequest(Command with { Request = stamp });
}
