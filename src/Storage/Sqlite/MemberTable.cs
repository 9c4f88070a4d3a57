using System.Collections.Immutable;
using LeadEngine.Campaigns;

namespace LeadEngine.Storage.Sqlite;

/// <summary>Leads as members: their status, and the people whom they point to.</summary>
internal sealed class MemberTable(SqliteSession session)
{
    private const string Select =
        $"""
        select l.id, l.rank, l.created_at, l.member_status, {PersonTable.ColumnsOfP}
        from leads l left join people p on p.id = l.person_id
        where l.campaign_id = ? and l.rank > ? and l.rank <= ?
        """;

    private readonly SqliteStatement _ofPerson = session.Statement("select id, campaign_id from leads where person_id = ?");
    private readonly SqliteStatement _inOrder = session.Statement($"{Select} order by l.rank");
    private readonly SqliteStatement _one = session.Statement($"{Select} and l.id = ?");

    // For those whom somebody gave a status, which are few.
    private readonly SqliteStatement _withStatus = session.Statement(
        $"{Select} and l.member_status = ? and l.member_status <> 0 order by l.rank");

    private readonly SqliteStatement _count = session.Statement(
        "select member_status, count(*) from leads where campaign_id = ? and member_status <> 0 group by member_status");

    private readonly SqliteStatement _setStatus = session.Statement(
        "update leads set member_status = ?1 where id = ?2 and campaign_id = ?3 and member_status not in (?1, 2)");

    public void AddMemberships(long personId, ImmutableArray<Membership>.Builder memberships)
    {
        using var leads = _ofPerson.Use();
        leads.Bind(1, personId);
        while (leads.Step()) memberships.Add(new(personId, leads.Number(0), leads.Number(1)));
    }

    /// <summary>Shows members in rank order until one suffices.</summary>
    public void Visit(long campaignId, RankRange ranks, Func<Member, bool> visit)
    {
        using var members = _inOrder.Use();
        Bind(members, campaignId, ranks);
        while (members.Step() && visit(Member(members)))
        {
        }
    }

    /// <summary>Shows the members of a status other than the campaign's, in rank order until one suffices.</summary>
    public void VisitWithStatus(long campaignId, RankRange ranks, MemberStatus status, Func<Member, bool> visit)
    {
        using var members = _withStatus.Use();
        Bind(members, campaignId, ranks);
        members.Bind(4, (long)status);
        while (members.Step() && visit(Member(members)))
        {
        }
    }

    public Member? Find(long campaignId, RankRange ranks, long leadId)
    {
        using var one = _one.Use();
        Bind(one, campaignId, ranks);
        one.Bind(4, leadId);
        return one.Step() ? Member(one) : null;
    }

    public ImmutableArray<MemberCount> Count(long campaignId)
    {
        using var count = _count.Use();
        count.Bind(1, campaignId);
        var counts = ImmutableArray.CreateBuilder<MemberCount>();
        while (count.Step()) counts.Add(new((MemberStatus)count.Number(0), count.Number(1)));
        return counts.DrainToImmutable();
    }

    public bool SetStatus(long campaignId, long leadId, MemberStatus status)
    {
        using var set = _setStatus.Use();
        set.Bind(1, (long)status);
        set.Bind(2, leadId);
        set.Bind(3, campaignId);
        return set.Run();
    }

    private static void Bind(SqliteUse members, long campaignId, RankRange ranks)
    {
        members.Bind(1, campaignId);
        members.Bind(2, ranks.After);
        members.Bind(3, ranks.UpTo);
    }

    private static Member Member(SqliteUse row) => new()
    {
        LeadId = row.Number(0),
        Rank = row.Number(1),
        CreatedAt = UnixMicroseconds.To(row.Number(2)),
        Status = (MemberStatus)row.Number(3),
        Person = row.IsNull(4) ? null : PersonTable.Person(row, at: 4),
    };
}

/// <summary>Ranks behind one, up to another.</summary>
internal readonly record struct RankRange(long After, long UpTo);
