using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Webhooks;

namespace LeadEngine.Storage.Sqlite;

/// <summary>Adds the new leads of one transaction that its caller holds, with their people.</summary>
internal sealed class LeadAdder(SqliteTables tables, PersonLinker linker, DateTimeOffset now, DateTimeOffset notBefore)
{
    private readonly long _lastIdBefore = tables.Sequences.Last(SequenceTable.Leads);
    private long _added;

    public AddOutcome Add(CampaignUnit unit, NewLead lead, CampaignRow campaign, UnitScores scores, ref long lastRank)
    {
        var referrers = tables.Leads.ReferrersFrom(unit.CampaignId, lead.ReferrerId);
        scores.Mention(referrers);
        if (campaign.Status == CampaignStatus.Open
            && Insert(unit.CampaignId, campaign.AccountId, lastRank + 1, referrers.Parent, lead) is { } added)
        {
            lastRank++;
            Tell(campaign, unit.CampaignId, added, lead);
            scores.Count(referrers, ReferralClasses.Of(lead.Profile), +1);
            if (ReferralClasses.IsScored(lead)) scores.Begin(added.LeadId, lead);
            if (lead.Request.Idempotency is { } claim) tables.Idempotency.Claim(claim, added.LeadId, now, notBefore);
            if (lead.ShortLink is { } link) tables.Links.Insert(link, unit.CampaignId, added.LeadId, now);
            return added;
        }
        if (Existing(unit.CampaignId, lead) is { } existing)
        {
            if (ReferralClasses.IsScored(lead)) scores.Mention(existing);
            return AddOutcome.Exists(existing);
        }
        return campaign.Status switch
        {
            CampaignStatus.Ended => AddOutcome.Refused(LeadRefusal.Ended),
            CampaignStatus.Locked => AddOutcome.Refused(LeadRefusal.Locked),
            _ => throw new InvalidOperationException($"Rank {lastRank + 1} of campaign {unit.CampaignId} is taken already."),
        };
    }

    /// <summary>Has to be called before the transaction ends.</summary>
    public void Save()
    {
        if (_added > 0) tables.Sequences.SetLast(SequenceTable.Leads, _lastIdBefore + _added);
    }

    private AddOutcome? Insert(long campaignId, long accountId, long rank, long? parent, NewLead lead)
    {
        var id = _lastIdBefore + _added + 1;
        var key = Linking.KeyOf(lead);
        var link = linker.Find(accountId, key);
        var lostClaim = false;
        if (!tables.Leads.Insert(id, campaignId, rank, parent, accountId, link.PersonId, lead))
        {
            if (WithoutClaim(lead) is not { } rest || Existing(campaignId, lead) is not null) return null;
            if (!tables.Leads.Insert(id, campaignId, rank, parent, accountId, link.PersonId, rest)) return null;
            lostClaim = true;
        }
        _added++;
        linker.Take(link, accountId, key, Linking.DetailsOf(lead), lead.Request.ReceivedAt, lead.Email is not null && !lostClaim);
        return AddOutcome.Added(id, rank, parent, lostClaim);
    }

    private void Tell(CampaignRow campaign, long campaignId, AddOutcome added, NewLead lead)
    {
        tables.Events.Tell(campaign, campaignId, added.LeadId, new(EventKind.Signup), lead.Request.ReceivedAt);
        if (ReferralClasses.Of(lead.Profile) is ReferralClass.Nobody)
        {
            tables.Events.Tell(campaign, campaignId, added.LeadId, new(EventKind.Fraudulent), now);
        }
        else if (added.ParentId is { } parent) tables.Events.Tell(campaign, campaignId, parent, EventDetails.Referral(added.LeadId), now);
        foreach (var note in lead.Events) tables.Events.Tell(campaign, campaignId, added.LeadId, note, now);
    }

    private long? Existing(long campaignId, NewLead lead) =>
        (lead is { Email: { } email, IdentifiedBy: not Identification.Phone }
            ? tables.Leads.Find(new(campaignId, IdentifierKind.Email, email))
            : null)
        ?? (lead is { Phone: { } phone, IdentifiedBy: not Identification.Email }
            ? tables.Leads.Find(new(campaignId, IdentifierKind.Phone, phone))
            : null);

    // Null when nothing would be left out.
    private static NewLead? WithoutClaim(NewLead lead) => lead switch
    {
        { IdentifiedBy: Identification.Phone, Email: not null } => lead with { Email = null },
        { IdentifiedBy: Identification.Email, Phone: not null } => lead with { Phone = null },
        _ => null,
    };
}
