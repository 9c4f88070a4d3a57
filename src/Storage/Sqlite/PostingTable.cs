using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Sqlite;

/// <summary>Leads in the order in which they are posted.</summary>
internal sealed class PostingTable(SqliteSession session)
{
    private const string Select = $"select {LeadTable.Columns} from leads where campaign_id = ?1 and member_status <> 2";

    private readonly SqliteStatement _asReceived = session.Statement($"{Select} and rank > ?2 order by rank limit ?3");

    // The index has no leads without a time, and is used only by who says so.
    private readonly SqliteStatement _earliestFirst = session.Statement(
        $"""
        {Select} and external_created_at is not null and (external_created_at, rank) > (?2, ?3)
        order by external_created_at, rank limit ?4
        """);

    private readonly SqliteStatement _latestFirst = session.Statement(
        $"""
        {Select} and external_created_at is not null and external_created_at <= ?2 and (external_created_at < ?2 or rank > ?3)
        order by external_created_at desc, rank limit ?4
        """);

    private readonly SqliteStatement _withoutTime = session.Statement(
        $"{Select} and rank > ?2 and external_created_at is null order by rank limit ?3");

    public ImmutableArray<Lead> List(long campaignId, PostingStrategy strategy, PostingPlace? after, int limit)
    {
        var leads = ImmutableArray.CreateBuilder<Lead>();
        if (strategy == PostingStrategy.AsReceived)
        {
            AddByRank(leads, _asReceived, campaignId, after?.Rank ?? 0, limit);
            return leads.DrainToImmutable();
        }
        var isPastTimes = after is { ExternalCreatedAt: null };
        if (!isPastTimes) AddByTime(leads, strategy, campaignId, after, limit);
        if (leads.Count < limit) AddByRank(leads, _withoutTime, campaignId, isPastTimes ? after!.Value.Rank : 0, limit - leads.Count);
        return leads.DrainToImmutable();
    }

    private void AddByTime(ImmutableArray<Lead>.Builder leads, PostingStrategy strategy, long campaignId, PostingPlace? after, int limit)
    {
        var isEarliestFirst = strategy == PostingStrategy.EarliestFirst;
        using var page = (isEarliestFirst ? _earliestFirst : _latestFirst).Use();
        page.Bind(1, campaignId);
        page.Bind(2, after?.ExternalCreatedAt is { } time ? UnixMicroseconds.From(time) : isEarliestFirst ? long.MinValue : long.MaxValue);
        page.Bind(3, after?.Rank ?? 0);
        page.Bind(4, limit);
        while (page.Step()) leads.Add(LeadTable.Lead(page));
    }

    private static void AddByRank(ImmutableArray<Lead>.Builder leads, SqliteStatement byRank, long campaignId, long afterRank, int limit)
    {
        using var page = byRank.Use();
        page.Bind(1, campaignId);
        page.Bind(2, afterRank);
        page.Bind(3, limit);
        while (page.Step()) leads.Add(LeadTable.Lead(page));
    }
}
