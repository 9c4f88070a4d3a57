namespace LeadEngine.Webhooks;

/// <summary>What can be told. The numbers are stored, and are bits of <see cref="Subscription.Kinds"/>.</summary>
public enum EventKind
{
    /// <summary>A lead signed up.</summary>
    Signup = 0,

    /// <summary>A lead signed up again.</summary>
    RepeatSignup = 1,

    /// <summary>A lead's contest score changed. Details: what it was made of before and after.</summary>
    ScoreChange = 2,

    /// <summary>A lead referred somebody. Details: whom.</summary>
    Referral = 3,

    /// <summary>A lead was flagged as fraudulent. Details: why.</summary>
    Fraudulent = 4,

    /// <summary>A lead opted out.</summary>
    OptedOut = 5,

    /// <summary>A lead was given a tag. Details: which.</summary>
    Tagged = 6,

    /// <summary>A lead's contest score may have reached a reward level. Details: as of <see cref="ScoreChange"/>.</summary>
    RewardLevel = 7,

    /// <summary>
    /// A number, an address or a domain is not to be contacted any more. Details: which. There is neither lead nor campaign, so only
    /// subscriptions to all of an account's are told.
    /// </summary>
    DoNotContact = 8,

    /// <summary>A lead's short link was followed. Details: the link, and how often since the last time that this was told.</summary>
    LinkClicked = 9,

    /// <summary>
    /// A lead was deleted from its campaign. Details: its id; nothing else is left of it, and what was to be told of it is not.
    /// </summary>
    Removed = 10,
}

/// <summary>Something to tell of the lead that a change is about.</summary>
/// <param name="Kind">What.</param>
/// <param name="Details">What there is to say beside the lead itself, as a JSON object; null for nothing.</param>
[GenerateSerializer, Immutable, Alias("webhooks.EventNote")]
public sealed record EventNote([property: Id(0)] EventKind Kind, [property: Id(1)] string? Details = null);
