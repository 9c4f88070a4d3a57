using LeadEngine.Webhooks;

namespace LeadEngine.Storage.Sqlite;

/// <summary>Makes a delivery for each subscription that wants to be told of an event.</summary>
internal sealed class EventTable(SqliteSession session, DeliveryTable deliveries)
{
    private readonly SqliteStatement _wanting = session.Statement(
        """
        select id from subscriptions
        where account_id = ?1 and (campaign_id is null or campaign_id = ?2) and kinds >> ?3 & 1 = 1 and disabled_for is null order by id
        """);

    private readonly SqliteStatement _next = session.Statement(
        "insert into event_numbers (lead_id, last) values (?, 2) on conflict do update set last = last + 1 returning last");

    private readonly SqliteStatement _forget = session.Statement("delete from event_numbers where lead_id = ?");

    /// <summary>Tells of something that concerns a lead.</summary>
    public void Tell(CampaignRow campaign, long campaignId, long leadId, EventNote note, DateTimeOffset at)
    {
        if (!campaign.Wants(note.Kind)) return;
        var number = note.Kind is EventKind.Signup ? 1 : NextNumber(leadId);
        Insert(campaign.AccountId, campaignId, leadId, number, note, at);
    }

    /// <summary>Tells of something that concerns a campaign, and no lead of it.</summary>
    public void Tell(CampaignRow campaign, long campaignId, EventNote note, DateTimeOffset at)
    {
        if (campaign.Wants(note.Kind)) Insert(campaign.AccountId, campaignId, null, 0, note, at);
    }

    /// <summary>Tells of something that concerns no campaign.</summary>
    public void Tell(long accountId, EventNote note, DateTimeOffset at) => Insert(accountId, null, null, 0, note, at);

    /// <summary>Forgets what was to be told of a lead, and what was told.</summary>
    public void ForgetLead(long leadId)
    {
        deliveries.ForgetLead(leadId);
        using var forget = _forget.Use();
        forget.Bind(1, leadId);
        forget.Run();
    }

    private void Insert(long accountId, long? campaignId, long? leadId, long number, EventNote note, DateTimeOffset at)
    {
        foreach (var subscriptionId in Wanting(accountId, campaignId, note.Kind))
        {
            deliveries.Insert(subscriptionId, note.Kind, at, campaignId, leadId, number, note.Details);
        }
    }

    private List<long> Wanting(long accountId, long? campaignId, EventKind kind)
    {
        using var wanting = _wanting.Use();
        wanting.Bind(1, accountId);
        wanting.Bind(2, campaignId);
        wanting.Bind(3, (long)kind);
        List<long> ids = [];
        while (wanting.Step()) ids.Add(wanting.Number(0));
        return ids;
    }

    private long NextNumber(long leadId)
    {
        using var next = _next.Use();
        next.Bind(1, leadId);
        next.Step();
        return next.Number(0);
    }
}
