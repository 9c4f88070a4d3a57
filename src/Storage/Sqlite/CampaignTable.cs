using LeadEngine.Campaigns;

namespace LeadEngine.Storage.Sqlite;

/// <summary>A row of the campaigns: the fence, and where ranks go on.</summary>
internal readonly record struct CampaignRow(long AccountId, long Epoch, CampaignStatus Status, long LastRank, long LiveCount);

internal sealed class CampaignTable(SqliteSession session)
{
    private readonly SqliteStatement _create = session.Statement(
        "insert into campaigns (id, account_id, epoch, status, last_rank, live_count) values (?, ?, 0, 0, 0, 0) on conflict do nothing");

    private readonly SqliteStatement _read = session.Statement(
        "select account_id, epoch, status, last_rank, live_count from campaigns where id = ?");

    private readonly SqliteStatement _takeEpoch = session.Statement("update campaigns set epoch = epoch + 1 where id = ?");
    private readonly SqliteStatement _setStatus = session.Statement("update campaigns set status = ? where id = ? and epoch = ?");
    private readonly SqliteStatement _count = session.Statement("update campaigns set last_rank = ?, live_count = ? where id = ?");

    public void Create(long id, long accountId)
    {
        using var create = _create.Use();
        create.Bind(1, id);
        create.Bind(2, accountId);
        create.Run();
    }

    public CampaignRow? Read(long id)
    {
        using var read = _read.Use();
        read.Bind(1, id);
        return read.Step() ? new(read.Number(0), read.Number(1), (CampaignStatus)read.Number(2), read.Number(3), read.Number(4)) : null;
    }

    public void TakeEpoch(long id)
    {
        using var take = _takeEpoch.Use();
        take.Bind(1, id);
        take.Run();
    }

    public bool SetStatus(long id, long epoch, CampaignStatus status)
    {
        using var set = _setStatus.Use();
        set.Bind(1, (long)status);
        set.Bind(2, id);
        set.Bind(3, epoch);
        return set.Run();
    }

    public void Count(long id, long lastRank, long liveCount)
    {
        using var count = _count.Use();
        count.Bind(1, lastRank);
        count.Bind(2, liveCount);
        count.Bind(3, id);
        count.Run();
    }
}
