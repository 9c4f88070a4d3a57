using System.Collections.Immutable;
using LeadEngine.Campaigns;

namespace LeadEngine.Storage.Sqlite;

internal sealed class ScoreTable(SqliteSession session)
{
    private readonly SqliteStatement _read = session.Statement(
        "select points, direct_referrals, indirect_referrals from scores where campaign_id = ? and lead_id = ?");

    private readonly SqliteStatement _readAll = session.Statement(
        "select points, direct_referrals, indirect_referrals, lead_id from scores where campaign_id = ?");

    private readonly SqliteStatement _write = session.Statement(
        """
        insert into scores (campaign_id, lead_id, points, direct_referrals, indirect_referrals) values (?, ?, ?, ?, ?)
        on conflict do update
        set points = excluded.points, direct_referrals = excluded.direct_referrals, indirect_referrals = excluded.indirect_referrals
        """);

    private readonly SqliteStatement _delete = session.Statement("delete from scores where campaign_id = ? and lead_id = ?");

    public LeadScore? Read(long campaignId, long leadId)
    {
        using var read = _read.Use();
        read.Bind(1, campaignId);
        read.Bind(2, leadId);
        return read.Step() ? Score(read) : null;
    }

    public ImmutableArray<ScoreRow> ReadAll(long campaignId)
    {
        using var read = _readAll.Use();
        read.Bind(1, campaignId);
        var rows = ImmutableArray.CreateBuilder<ScoreRow>();
        while (read.Step()) rows.Add(new(read.Number(3), Score(read)));
        return rows.DrainToImmutable();
    }

    public void Write(long campaignId, long leadId, LeadScore score)
    {
        using var write = _write.Use();
        write.Bind(1, campaignId);
        write.Bind(2, leadId);
        write.Bind(3, score.Points);
        write.Bind(4, score.DirectReferrals);
        write.Bind(5, score.IndirectReferrals);
        write.Run();
    }

    public void Delete(long campaignId, long leadId)
    {
        using var delete = _delete.Use();
        delete.Bind(1, campaignId);
        delete.Bind(2, leadId);
        delete.Run();
    }

    private static LeadScore Score(SqliteUse row) => new()
    {
        Points = (int)row.Number(0),
        DirectReferrals = (int)row.Number(1),
        IndirectReferrals = (int)row.Number(2),
    };
}
