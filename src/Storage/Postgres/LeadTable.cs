using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Postgres;

internal sealed class LeadTable(PostgresPool pool)
{
    private const string ReadMany = $"select {LeadRow.Columns} from leads l where l.id = any($1) and l.member_status <> 2";

    private static readonly string FindEmails =
        $"""
        select f.ordinal, f.id from (
            select a.ordinal, {EmailSql.Find("a.campaign_id", "c.account_id", "a.value")} as id
            from unnest($1, $2) with ordinality as a (campaign_id, value, ordinal)
            join campaigns c on c.id = a.campaign_id) f
        where f.id is not null
        """;

    private const string FindPhones =
        """
        select a.ordinal, l.id from unnest($1, $2) with ordinality as a (campaign_id, value, ordinal)
        join leads l on l.campaign_id = a.campaign_id and l.phone = a.value
        """;

    private const string ReadPage =
        $"""
        select {LeadRow.Columns} from leads l
        where l.campaign_id = $1 and l.rank > $2 and l.member_status <> 2 order by l.rank limit $3
        """;

    public async Task<StoredLead?[]> Read(IReadOnlyList<long> leadIds, CancellationToken cancel)
    {
        var found = new Dictionary<long, StoredLead>(leadIds.Count);
        var trip = new RoundTrip();
        trip.Add(ReadMany, row => found.Add(row.GetInt64(0), LeadRow.Stored(row)), Arguments.Numbers([.. leadIds.Distinct()]));
        await pool.Read(trip, cancel);
        return [.. leadIds.Select(found.GetValueOrDefault)];
    }

    public async Task<long?[]> Find(IReadOnlyList<IdentifierKey> identifiers, CancellationToken cancel)
    {
        var found = new long?[identifiers.Count];
        var trip = new RoundTrip();
        AddFind(IdentifierKind.Email, FindEmails);
        AddFind(IdentifierKind.Phone, FindPhones);
        if (!trip.IsEmpty) await pool.Read(trip, cancel);
        return found;

        void AddFind(IdentifierKind kind, string sql)
        {
            int[] places = [.. Enumerable.Range(0, identifiers.Count).Where(i => identifiers[i].Kind == kind)];
            if (places.Length == 0) return;
            trip.Add(
                sql,
                row => found[places[row.GetInt64(0) - 1]] = row.GetInt64(1),
                Arguments.Numbers([.. places.Select(place => identifiers[place].CampaignId)]),
                Arguments.Texts([.. places.Select(place => identifiers[place].Value)]));
        }
    }

    public async Task<ImmutableArray<Lead>> List(long campaignId, long afterRank, int limit, CancellationToken cancel)
    {
        var leads = ImmutableArray.CreateBuilder<Lead>();
        var trip = new RoundTrip();
        trip.Add(
            ReadPage,
            row => leads.Add(LeadRow.Lead(row)),
            Arguments.Number(campaignId),
            Arguments.Number(afterRank),
            Arguments.Number(limit));
        await pool.Read(trip, cancel);
        return leads.DrainToImmutable();
    }
}
