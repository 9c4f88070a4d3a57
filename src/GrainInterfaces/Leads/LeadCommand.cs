using LeadEngine.Campaigns;

namespace LeadEngine.Leads;

/// <summary>Something to be done with a lead that is there.</summary>
[GenerateSerializer, Immutable, Alias("leads.LeadCommand")]
public sealed record LeadCommand
{
    /// <summary>The campaign.</summary>
    [Id(0)] public required long CampaignId { get; init; }

    /// <summary>Which request this is, so that a repeat has one effect.</summary>
    [Id(1)] public required RequestStamp Request { get; init; }

    /// <summary>What to do.</summary>
    [Id(2)] public required LeadOrder Order { get; init; }

    /// <summary>The tag of <see cref="LeadOrder.Tag"/>, by its id; else null.</summary>
    [Id(3)] public LeadTag? Tag { get; init; }

    /// <summary>The action of <see cref="LeadOrder.CompleteAction"/>; else 0.</summary>
    [Id(4)] public long ActionId { get; init; }

    /// <summary>The points of <see cref="LeadOrder.GivePoints"/>, -99,999 to 99,999; else 0.</summary>
    [Id(5)] public int Points { get; init; }

    /// <summary>The queued work that this carries out: it is over once this took effect. Null for none.</summary>
    [Id(6)] public long? TaskId { get; init; }
}

/// <summary>What can be done with a lead. The numbers are stored.</summary>
public enum LeadOrder
{
    /// <summary>The person wants no more mail.</summary>
    OptOut = 0,

    /// <summary>The person wants mail again.</summary>
    OptIn = 1,

    /// <summary>The e-mail address is the person's; without one, the phone number is. Lets nobody in who is on the waiting list.</summary>
    Verify = 2,

    /// <summary>The phone number is the person's.</summary>
    VerifyPhone = 3,

    /// <summary>The flag of fraud is taken away, and the lead is not flagged again.</summary>
    Approve = 4,

    /// <summary>The lead is flagged as fraudulent.</summary>
    Block = 5,

    /// <summary>The lead has to wait to be let in.</summary>
    Waitlist = 6,

    /// <summary>The lead is let in.</summary>
    Unwaitlist = 7,

    /// <summary>The lead is given a tag, and its points, if it has not got it.</summary>
    Tag = 8,

    /// <summary>The lead completed an action, and gets its points, if it has not before.</summary>
    CompleteAction = 9,

    /// <summary>The lead is given points, or they are taken from it.</summary>
    GivePoints = 10,

    /// <summary>The lead is deleted with all that is known of it. Only as queued work.</summary>
    Delete = 11,
}
