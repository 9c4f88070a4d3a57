using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Clients;

/// <summary>A change of a lead that a client wants, and all that became of it. Its number is written into the lead, so that it can be counted.</summary>
internal sealed class ClientRequest
{
    public required int Number { get; init; }

    public required long CampaignId { get; init; }

    public string? Email { get; init; }

    public string? Phone { get; init; }

    /// <summary>The lead that is meant, when it is named by its id rather than by an identifier.</summary>
    public long? LeadId { get; init; }

    public long? ReferrerId { get; init; }

    public int Points { get; init; }

    public bool MustExist { get; init; }

    public string? FirstName { get; init; }

    /// <summary>The idempotency key; null for none.</summary>
    public string? Key { get; init; }

    public Guid Id => RequestIds.Of(Number);

    public string Fingerprint => $"r{Number}";

    public List<Try<Answer>> Tries { get; } = [];

    public LeadPatch Patch => new()
    {
        FirstName = FirstName,
        CustomFields = [new CustomField($"r{Number}", "1"), new CustomField("last", $"{Number}")],
    };

    public override string ToString()
    {
        string?[] parts =
        [
            $"#{Number} campaign {CampaignId}",
            Email,
            Phone,
            LeadId is { } id ? $"lead {id}" : null,
            ReferrerId is { } referrer ? $"referred by {referrer}" : null,
            Points == 0 ? null : $"{Points} points",
            MustExist ? "must exist" : null,
            Key is null ? null : $"key {Key}",
        ];
        return string.Join(", ", parts.OfType<string>());
    }
}

/// <summary>
/// One try of something. From and To are positions in the commit log; moments tell the order of all that is sent and answered.
/// </summary>
internal sealed class Try<TAnswer>(int from, int fromMoment, DateTimeOffset sentAt)
    where TAnswer : class
{
    public int From => from;

    public int FromMoment => fromMoment;

    public DateTimeOffset SentAt => sentAt;

    /// <summary>Null while there is no answer.</summary>
    public int? To { get; set; }

    public int? ToMoment { get; set; }

    /// <summary>Null when none ever came.</summary>
    public TAnswer? Answer { get; set; }
}

internal enum Outcome
{
    Done,

    /// <summary>Refused for a reason; nothing changed.</summary>
    Refused,

    /// <summary>It may have taken effect.</summary>
    Unknown,

    /// <summary>An earlier request under its idempotency key still runs.</summary>
    Running,

    /// <summary>Its idempotency key was used for another request.</summary>
    Mismatch,
}

/// <summary>What a client was told of a change.</summary>
/// <param name="Outcome">In short.</param>
/// <param name="Reply">The lead; null when the answer is a replay, of which only the body is known.</param>
/// <param name="Refusal">Why it was refused.</param>
/// <param name="Body">The bytes of the answer.</param>
internal sealed record Answer(Outcome Outcome, LeadReply? Reply = null, LeadRefusal? Refusal = null, string? Body = null)
{
    public static readonly Answer Unknown = new(Outcome.Unknown);

    /// <summary>The first answer was lost, and the lead was told as it stands.</summary>
    public bool IsRecalled { get; init; }

    public override string ToString() => Outcome switch
    {
        Outcome.Done => Reply is null ? $"replay of {Body}" : Body ?? Text(Reply),
        Outcome.Refused => $"refused: {Refusal}",
        _ => $"{Outcome}",
    };

    public static string Text(LeadReply reply) => reply is { Lead: { } lead, Standing: { } standing }
        ? $"lead {lead.Id}, rank {lead.Rank}, counter {lead.Counter}{(reply.IsNew ? ", new" : "")}, {Describe.Identifiers(lead.Email, lead.Phone)}, "
            + $"{standing.LeadCount} leads, {standing.Score.Points} points, score rank {standing.ScoreRank}"
        : $"refused: {reply.Refusal}";
}

/// <summary>A question, which changes nothing, and its answer.</summary>
internal sealed record Question(long CampaignId, IdentifierKind? Kind, string? Value, long? LeadId, Try<LeadReply> Try)
{
    public override string ToString() => Kind is null ? $"lead {LeadId} of campaign {CampaignId}" : $"{Value} in campaign {CampaignId}";
}

/// <summary>A list of a campaign's leads that somebody asked for.</summary>
internal sealed record Listing(long CampaignId, Try<LeadPage> Try);

/// <summary>A status that an owner sets, with all tries.</summary>
internal sealed record Ruling(long CampaignId, CampaignStatus Status)
{
    public List<Try<CampaignReply>> Tries { get; } = [];
}
