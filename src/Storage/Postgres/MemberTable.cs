using System.Collections.Immutable;
using LeadEngine.Campaigns;
using Npgsql;

namespace LeadEngine.Storage.Postgres;

/// <summary>A campaign's leads as members of the directory.</summary>
internal sealed class MemberTable(PostgresPool pool)
{
    // With a filter, so many are looked at together.
    private const int Chunk = 1_000;

    private const string Columns = $"l.id, l.rank, l.created_at, l.member_status, {PersonRow.Columns}";

    private static readonly string All = From("leads l", "");

    // Few have a status of their own, and an index to themselves.
    private static readonly string WithStatus = From("leads l", "and l.member_status <> 0");

    private static readonly string OfLeads = From(Named("id"), "");

    private static readonly string OfPeople = From(Named("person_id"), "");

    private const string CountAll =
        """
        select member_status, count(*) from leads where campaign_id = $1 and member_status <> 0 group by member_status order by member_status
        """;

    private const string LockCampaign = "select id from campaigns where id = $1 for key share";

    private const string SetStatus =
        """
        with changing as materialized (
            select id from leads
            where id = any($2) and campaign_id = $1 and member_status <> 2 and member_status <> $3
                and (select c.status from campaigns c where c.id = $1) <> 2
            order by id for no key update),
        changed as (update leads l set member_status = $3 from changing c where l.id = c.id returning 1)
        select count(*) from changed
        """;

    public async Task<ImmutableArray<Member>> List(long campaignId, MemberQuery query, CancellationToken cancel)
    {
        if (query.Filter is not { } filter) return [.. await Read(campaignId, query, cancel)];
        var (terms, ids, excluded) = (SearchQuery.Of(filter), SetOf(filter.Ids), SetOf(filter.ExcludeIds));
        var members = ImmutableArray.CreateBuilder<Member>();
        var next = query with { Limit = Math.Max(Chunk, query.Limit) };
        while (true)
        {
            var chunk = await Read(campaignId, next, cancel);
            foreach (var member in chunk.Where(IsDescribed))
            {
                members.Add(member);
                if (members.Count == query.Limit) return members.DrainToImmutable();
            }
            if (chunk.Count < next.Limit) return members.DrainToImmutable();
            next = next with { AfterRank = chunk[^1].Rank };
        }

        bool IsDescribed(Member member) =>
            member.Person is { } person
            && (ids.Count == 0 || ids.Contains(person.Id)) && !excluded.Contains(person.Id) && terms.Matches(person);
    }

    public async Task<ImmutableArray<MemberCount>> Count(long campaignId, CancellationToken cancel)
    {
        var counts = ImmutableArray.CreateBuilder<MemberCount>();
        var trip = new RoundTrip();
        trip.Add(
            CountAll, row => counts.Add(new((MemberStatus)row.GetInt16(0), row.GetInt64(1))), Arguments.Number(campaignId));
        await pool.Read(trip, cancel);
        return counts.DrainToImmutable();
    }

    public async Task<int> Set(long campaignId, ImmutableArray<long> leadIds, MemberStatus status, CancellationToken cancel)
    {
        var changed = 0;
        var trip = new RoundTrip();
        trip.Add(CampaignGate.Share, _ => { }, Arguments.Numbers([campaignId]));
        trip.Add(LockCampaign, _ => { }, Arguments.Number(campaignId));
        trip.Add(
            SetStatus,
            row => changed = (int)row.GetInt64(0),
            Arguments.Number(campaignId),
            Arguments.Numbers([.. leadIds]),
            Arguments.Number((int)status));
        await pool.Write(trip, cancel);
        return changed;
    }

    private async Task<List<Member>> Read(long campaignId, MemberQuery query, CancellationToken cancel)
    {
        var members = new List<Member>();
        NpgsqlParameter[] page =
        [
            Arguments.Number(campaignId),
            Arguments.Number(query.AfterRank),
            Arguments.Number(query.Limit),
            Arguments.Numbers(query.Statuses.IsDefaultOrEmpty ? [] : query.Statuses.Select(status => (int)status).ToArray()),
            Arguments.Number(query.UpToRank ?? long.MaxValue),
        ];
        var (sql, ids) = Source(query);
        var trip = new RoundTrip();
        trip.Add(sql, row => members.Add(Member(row)), ids is null ? page : [.. page, Arguments.Numbers([.. ids])]);
        await pool.Read(trip, cancel);
        return members;
    }

    private static (string Sql, ImmutableArray<long>? Ids) Source(MemberQuery query)
    {
        if (!query.LeadIds.IsDefaultOrEmpty) return (OfLeads, query.LeadIds);
        if (query.Filter is { Ids.IsDefaultOrEmpty: false } filter) return (OfPeople, filter.Ids);
        return (query.Statuses.IsDefaultOrEmpty || query.Statuses.Contains(MemberStatus.AsCampaign) ? All : WithStatus, null);
    }

    private static Member Member(NpgsqlDataReader row) => new()
    {
        LeadId = row.GetInt64(0),
        Rank = row.GetInt64(1),
        CreatedAt = row.GetFieldValue<DateTimeOffset>(2),
        Status = (MemberStatus)row.GetInt16(3),
        Person = row.IsDBNull(4) ? null : PersonRow.Person(row, 4),
    };

    private static HashSet<long> SetOf(ImmutableArray<long> ids) => ids.IsDefaultOrEmpty ? [] : [.. ids];

    private static string Named(string column) =>
        $"""
        (select distinct unnest($6::bigint[]) as id) i
        cross join lateral (select * from leads k where k.{column} = i.id offset 0) l
        """;

    private static string From(string source, string condition) =>
        $"""
        select {Columns} from {source}
        left join lateral (select * from people q where q.id = l.person_id offset 0) p on true
        where l.campaign_id = $1 and l.rank > $2 and l.rank <= $5
            and (cardinality($4::integer[]) = 0 or l.member_status = any($4)) {condition}
        order by l.rank limit $3
        """;
}
