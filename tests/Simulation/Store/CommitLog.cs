using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.People;

namespace LeadEngine.Simulation.Store;

/// <summary>Something that a transaction did to the database.</summary>
internal abstract record Applied
{
    /// <summary>When, as a timestamp of the simulation's clock.</summary>
    public long Time { get; init; }
}

internal sealed record LeadAdded(StoredLead Row) : Applied
{
    public override string ToString() => $"lead {Row.Lead.Id} of campaign {Row.Lead.CampaignId} added with rank {Row.Lead.Rank}: {Describe.Row(Row)}";
}

internal sealed record LeadChanged(StoredLead Before, StoredLead After, bool ConcernsPerson) : Applied
{
    /// <summary>The queued work that is over with it, if it was not before.</summary>
    public ImmutableArray<long> Tasks { get; init; } = [];

    public override string ToString() => $"lead {After.Lead.Id} of campaign {After.Lead.CampaignId} changed: {Describe.Row(After)}";
}

internal sealed record LeadRemoved(StoredLead Row, bool LeavesMember) : Applied
{
    public override string ToString() => $"lead {Row.Lead.Id} of campaign {Row.Lead.CampaignId} removed{(LeavesMember ? ", leaving a member" : "")}";
}

internal sealed record LeadLinked(long LeadId, long PersonId) : Applied
{
    public override string ToString() => $"lead {LeadId} is person {PersonId}";
}

internal sealed record MemberSet(long LeadId, MemberStatus Status) : Applied
{
    public override string ToString() => $"member {LeadId} is {Status}";
}

internal sealed record PersonAdded(Person Person) : Applied
{
    public override string ToString() => $"person {Person.Id} of account {Person.AccountId} added: {Describe.Person(Person)}";
}

internal sealed record PersonChanged(Person Before, Person After) : Applied
{
    public override string ToString() => $"person {After.Id} of account {After.AccountId} changed: {Describe.Person(After)}";
}

internal sealed record PersonGone(Person Person) : Applied
{
    public override string ToString() => $"person {Person.Id} of account {Person.AccountId} is gone";
}

internal sealed record LinkClicked(string Code, long Clicks) : Applied
{
    public override string ToString() => $"{Clicks} clicks on link {Code}";
}

internal sealed record ContactBanned(long AccountId, DoNotContact Entry) : Applied
{
    public override string ToString() => $"{Entry.Value} is not to be contacted, says account {AccountId}";
}

internal sealed record ScoreSet(long CampaignId, long LeadId, LeadScore Score) : Applied
{
    public override string ToString() =>
        $"score of lead {LeadId}: {Describe.Score(Score)}";
}

internal sealed record StatusSet(long CampaignId, CampaignStatus Status) : Applied
{
    public override string ToString() => $"campaign {CampaignId} is {Status}";
}

internal sealed record EpochTaken(long CampaignId, long Epoch) : Applied
{
    public override string ToString() => $"epoch {Epoch} of campaign {CampaignId} taken";
}

internal sealed record AnswerKept(string Key, StoredAnswer Answer) : Applied
{
    public override string ToString() => $"answer kept under {Key}";
}

/// <summary>Everything that was ever committed, in order. A position in it is how many entries came before.</summary>
internal sealed class CommitLog(TimeProvider clock)
{
    private readonly List<Applied> _entries = [];

    public IReadOnlyList<Applied> Entries => _entries;

    public int Position => _entries.Count;

    public Action<Applied>? OnAdded { get; set; }

    public void Add(Applied entry)
    {
        var timed = entry with { Time = clock.GetTimestamp() };
        _entries.Add(timed);
        OnAdded?.Invoke(timed);
    }
}

internal static class Describe
{
    public static string Row(StoredLead row) =>
        $"version {row.Version}, counter {row.Lead.Counter}, {Identifiers(row.Lead.Email, row.Lead.Phone)}, requests {Requests(row.Requests)}";

    public static string Score(LeadScore score) =>
        $"{score.Points} points, {score.DirectReferrals} + {score.VerifiedReferrals} direct, {score.IndirectReferrals} + {score.VerifiedIndirectReferrals} indirect, "
        + $"earned [{string.Join(' ', score.Earned)}]{(score.IsExcluded ? ", excluded" : "")}";

    public static string Identifiers(string? email, string? phone) => string.Join(' ', new[] { email, phone }.OfType<string>());

    public static string Person(Person person) =>
        $"version {person.Version}, {Identifiers(person.Email, person.Phone)}, {person.Details.FirstName} {person.Details.LastName}";

    private static string Requests(RequestLog log) => string.Join(' ', log.Recent.Select(seen => $"#{RequestIds.NumberOf(seen.Id)}"));
}

/// <summary>Request ids that tell their number, so that a history can be read.</summary>
internal static class RequestIds
{
    public static Guid Of(int number) => new(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /// <summary>The id of a command for many leads, of which that of each piece is made.</summary>
    public static Guid OfBulk(int number) => new(0, 0, 0, [0, 0, 0, 0, .. BitConverter.GetBytes(number)]);

    /// <summary>The id under which a command for many leads is carried out for one of them.</summary>
    public static Guid OfPiece(Guid bulk, long leadId) => new([.. BitConverter.GetBytes(leadId), .. bulk.ToByteArray()[8..]]);

    public static bool IsPiece(Guid id) => BitConverter.ToInt32(id.ToByteArray(), 12) != 0;

    public static long LeadOf(Guid piece) => BitConverter.ToInt64(piece.ToByteArray());

    public static int NumberOf(Guid id) => BitConverter.ToInt32(id.ToByteArray(), IsPiece(id) ? 12 : 0);
}
