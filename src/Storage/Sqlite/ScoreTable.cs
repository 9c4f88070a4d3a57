using System.Collections.Immutable;
using System.Globalization;
using LeadEngine.Campaigns;

namespace LeadEngine.Storage.Sqlite;

internal sealed class ScoreTable(SqliteSession session)
{
    private const string Parts =
        "points, direct_referrals, indirect_referrals, verified_referrals, verified_indirect_referrals, earned, is_excluded";

    private readonly SqliteStatement _read = session.Statement($"select {Parts} from scores where campaign_id = ? and lead_id = ?");

    private readonly SqliteStatement _readAll = session.Statement($"select {Parts}, lead_id from scores where campaign_id = ?");

    private readonly SqliteStatement _write = session.Statement(
        $"insert or replace into scores (campaign_id, lead_id, {Parts}) values (?, ?, ?, ?, ?, ?, ?, ?, ?)");

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
        while (read.Step()) rows.Add(new(read.Number(7), Score(read)));
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
        write.Bind(6, score.VerifiedReferrals);
        write.Bind(7, score.VerifiedIndirectReferrals);
        write.Bind(8, Text(score.Earned));
        write.Bind(9, score.IsExcluded ? 1 : 0);
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
        VerifiedReferrals = (int)row.Number(3),
        VerifiedIndirectReferrals = (int)row.Number(4),
        Earned = Ids(row.TextOrNull(5)),
        IsExcluded = row.Number(6) != 0,
    };

    // Few leads have earned anything, so the others have no text at all.
    private static string? Text(ImmutableArray<long> ids) => ids.IsDefaultOrEmpty ? null : string.Join(' ', ids);

    private static ImmutableArray<long> Ids(string? text) =>
        text is null ? [] : [.. text.Split(' ').Select(id => long.Parse(id, CultureInfo.InvariantCulture))];
}
