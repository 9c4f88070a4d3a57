using LeadEngine.Campaigns;
using LeadEngine.Webhooks;

namespace LeadEngine.Storage.Sqlite;

/// <summary>A row of the campaigns: the fence, and where ranks go on.</summary>
internal readonly record struct CampaignRow(
    long AccountId, long Epoch, CampaignStatus Status, long LastRank, long LiveCount, long EventKinds)
{
    /// <summary>Whether anybody wants to be told of such an event.</summary>
    public bool Wants(EventKind kind) => (EventKinds >> (int)kind & 1) == 1;
}

internal sealed class CampaignTable(SqliteSession session)
{
    private readonly SqliteStatement _create = session.Statement(
        "insert into campaigns (id, account_id, epoch, status, last_rank, live_count) values (?, ?, 0, 0, 0, 0) on conflict do nothing");

    private readonly SqliteStatement _read = session.Statement(
        "select account_id, epoch, status, last_rank, live_count, event_kinds from campaigns where id = ?");

    private readonly SqliteStatement _ofAccount = session.Statement("select id, event_kinds from campaigns where account_id = ?");

    private readonly SqliteStatement _kinds = session.Statement(
        "select campaign_id, kinds from subscriptions where account_id = ? and disabled_for is null");

    private readonly SqliteStatement _setKinds = session.Statement("update campaigns set event_kinds = ? where id = ?");
    private readonly SqliteStatement _takeEpoch = session.Statement("update campaigns set epoch = epoch + 1 where id = ?");
    private readonly SqliteStatement _setStatus = session.Statement("update campaigns set status = ? where id = ? and epoch = ?");
    private readonly SqliteStatement _count = session.Statement("update campaigns set last_rank = ?, live_count = ? where id = ?");

    public void Create(long id, long accountId)
    {
        using var create = _create.Use();
        create.Bind(1, id);
        create.Bind(2, accountId);
        create.Run();
        SetEventKinds(accountId);
    }

    /// <summary>Notes at the campaigns of an account what its subscriptions want to hear of them.</summary>
    public void SetEventKinds(long accountId)
    {
        List<(long? CampaignId, long Kinds)> wanted = [];
        using (var kinds = _kinds.Use())
        {
            kinds.Bind(1, accountId);
            while (kinds.Step()) wanted.Add((kinds.NumberOrNull(0), kinds.Number(1)));
        }
        foreach (var (id, before) in OfAccount(accountId))
        {
            var now = wanted.Where(one => one.CampaignId is null || one.CampaignId == id).Aggregate(0L, (all, one) => all | one.Kinds);
            if (now == before) continue;
            using var set = _setKinds.Use();
            set.Bind(1, now);
            set.Bind(2, id);
            set.Run();
        }
    }

    public CampaignRow? Read(long id)
    {
        using var read = _read.Use();
        read.Bind(1, id);
        return read.Step() ? new(read.Number(0), read.Number(1), (CampaignStatus)read.Number(2), read.Number(3), read.Number(4), read.Number(5)) : null;
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

    private List<(long Id, long EventKinds)> OfAccount(long accountId)
    {
        using var read = _ofAccount.Use();
        read.Bind(1, accountId);
        List<(long, long)> campaigns = [];
        while (read.Step()) campaigns.Add((read.Number(0), read.Number(1)));
        return campaigns;
    }
}
