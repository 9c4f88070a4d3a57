using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Postgres;

/// <summary>Leads in the order of their external times; after them those that have none, in rank order.</summary>
internal sealed class PostingTable(PostgresPool pool)
{
    private const string Earliest =
        $"""
        select {LeadRow.Columns} from leads l
        where l.campaign_id = $1 and (l.external_created_at, l.rank) > ($2, $3)
        order by l.external_created_at, l.rank limit $4
        """;

    private const string Latest =
        $"""
        select {LeadRow.Columns} from leads l
        where l.campaign_id = $1 and l.external_created_at <= $2 and (l.external_created_at < $2 or l.rank > $3)
        order by l.external_created_at desc, l.rank limit $4
        """;

    private const string Undated =
        $"""
        select {LeadRow.Columns} from leads l
        where l.campaign_id = $1 and l.external_created_at is null and l.member_status <> 2 and l.rank > $2
        order by l.rank limit $3
        """;

    public async Task<ImmutableArray<Lead>> List(
        long campaignId, bool latestFirst, PostingPlace? after, int limit, CancellationToken cancel)
    {
        var leads = ImmutableArray.CreateBuilder<Lead>();
        var trip = new RoundTrip();
        var start = after ?? new(latestFirst ? DateTimeOffset.MaxValue : DateTimeOffset.MinValue, 0);
        if (start.ExternalCreatedAt is { } time)
        {
            trip.Add(
                latestFirst ? Latest : Earliest,
                row => leads.Add(LeadRow.Lead(row)),
                Arguments.Number(campaignId),
                Arguments.Time(time),
                Arguments.Number(start.Rank),
                Arguments.Number(limit));
        }
        trip.Add(
            Undated,
            row =>
            {
                if (leads.Count < limit) leads.Add(LeadRow.Lead(row));
            },
            Arguments.Number(campaignId),
            Arguments.Number(start.ExternalCreatedAt is null ? start.Rank : 0),
            Arguments.Number(limit));
        await pool.Read(trip, cancel);
        return leads.DrainToImmutable();
    }
}
