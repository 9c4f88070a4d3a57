using System.Collections.Immutable;
using LeadEngine.Campaigns;

namespace LeadEngine.Storage.Postgres;

internal sealed class CampaignTable(PostgresPool pool)
{
    private const string Create =
        $"""
        insert into campaigns (id, account_id, epoch, status, last_rank, live_count, event_kinds)
        select c.id, c.account_id, 0, 0, 0, 0, {SubscriptionTable.KindsOfCampaign} from (values ($1, $2)) as c (id, account_id)
        on conflict (id) do nothing
        """;

    // For update, so that it waits also for changes of leads, which hold the row for key share. As a statement of its own, so that the
    // ones after it see what was awaited.
    private const string Lock = "select id from campaigns where id = $1 for update";

    private const string TakeEpoch = "update campaigns set epoch = epoch + 1 where id = $1 returning account_id, epoch, status, live_count";

    private const string ReadScores = $"select lead_id, {ScoreSql.Parts} from scores where campaign_id = $1";

    private const string PutStatus = "update campaigns set status = $3 where id = $1 and epoch = $2 returning id";

    public async Task Add(long campaignId, long accountId, CancellationToken cancel)
    {
        var trip = new RoundTrip();
        WebhookGate.AddShare(trip, accountId);
        trip.Add(Create, Arguments.Number(campaignId), Arguments.Number(accountId));
        await pool.Write(trip, cancel);
    }

    public async Task<CampaignTenure?> TakeOver(long campaignId, CancellationToken cancel)
    {
        CampaignTenure? tenure = null;
        var scores = ImmutableArray.CreateBuilder<ScoreRow>();
        var trip = new RoundTrip();
        trip.Add(CampaignGate.Close, _ => { }, Arguments.Number(campaignId));
        trip.Add(Lock, _ => { }, Arguments.Number(campaignId));
        trip.Add(
            TakeEpoch,
            row => tenure = new(row.GetInt64(0), row.GetInt64(1), (CampaignStatus)row.GetInt16(2), row.GetInt64(3), []),
            Arguments.Number(campaignId));
        trip.Add(ReadScores, row => scores.Add(new(row.GetInt64(0), LeadRow.Score(row, 1))), Arguments.Number(campaignId));
        await pool.Write(trip, cancel);
        return tenure is null ? null : tenure with { Scores = scores.DrainToImmutable() };
    }

    public async Task<bool> SetStatus(long campaignId, long epoch, CampaignStatus status, CancellationToken cancel)
    {
        var isNewest = false;
        var trip = new RoundTrip();
        trip.Add(CampaignGate.Close, _ => { }, Arguments.Number(campaignId));
        trip.Add(Lock, _ => { }, Arguments.Number(campaignId));
        trip.Add(
            PutStatus,
            _ => isNewest = true,
            Arguments.Number(campaignId),
            Arguments.Number(epoch),
            Arguments.Number((int)status));
        await pool.Write(trip, cancel);
        return isNewest;
    }
}
