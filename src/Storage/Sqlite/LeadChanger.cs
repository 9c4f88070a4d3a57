using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Sqlite;

/// <summary>Changes and removes single leads inside the transaction that its caller holds.</summary>
internal sealed class LeadChanger(SqliteTables tables, PersonLinker linker, DateTimeOffset now, DateTimeOffset notBefore)
{
    public LeadChangeReply Write(LeadChange change)
    {
        var campaignId = change.After.CampaignId;
        // The version comes before the status: a repeat of a change that counted has to find that out even after a lock.
        if (tables.Leads.Head(change.After.Id) is not { } row || row.CampaignId != campaignId || row.Version != change.ExpectedVersion)
        {
            return LeadChangeReply.Refused(LeadRefusal.AskAgain);
        }
        if (tables.Campaigns.Read(campaignId) is not { } campaign || campaign.Status == CampaignStatus.Locked)
        {
            return LeadChangeReply.Refused(LeadRefusal.Locked);
        }
        // A lead that keeps its own address may not take what came with an address that names another by now.
        if (change.ClaimEmail is { } claimed && claimed != row.Email && IsTaken(new(campaignId, IdentifierKind.Email, claimed)))
        {
            return LeadChangeReply.Refused(LeadRefusal.AskAgain);
        }
        var email = row.Email is null ? change.ClaimEmail : null;
        var phone = row.Phone is null ? change.ClaimPhone : null;
        if (phone is not null && IsTaken(new(campaignId, IdentifierKind.Phone, phone))) phone = null;
        var lead = change.After with { Email = row.Email ?? email, Phone = row.Phone ?? phone };
        var isRelinked = change.ConcernsPerson || email is not null;
        // Before the lead has the address: it would find itself.
        var link = isRelinked ? linker.Find(campaign.AccountId, Linking.KeyOf(lead)) : default;
        Apply(change, email, phone);
        if (isRelinked) linker.Relink(link, campaign.AccountId, lead, row.PersonId);
        foreach (var note in change.Events) tables.Events.Tell(campaign, campaignId, lead.Id, note, now);
        return LeadChangeReply.Applied(new() { Lead = lead, Version = row.Version + 1, Requests = change.Requests });
    }

    /// <summary>A lead of a campaign.</summary>
    public LeadHead? Head(long campaignId, long leadId) =>
        tables.Leads.Head(leadId) is { } row && row.CampaignId == campaignId ? row : null;

    /// <summary>Writes a change of a unit with its part of scores.</summary>
    public LeadChangeReply Score(CampaignUnit unit, LeadChange change, CampaignStatus status, UnitScores scores)
    {
        var id = change.After.Id;
        if (Head(unit.CampaignId, id) is not { } row) return LeadChangeReply.Refused(LeadRefusal.AskAgain);
        var reply = Write(change);
        if (!change.IsScored) return reply;
        scores.Mention(id);
        var isOpen = status == CampaignStatus.Open;
        if (reply.Stored is not null && isOpen && change.Points != 0) scores.AddPoints(id, change.Points, change.LeastPoints);
        if (reply.Stored is not null && isOpen && !change.Earned.IsDefaultOrEmpty) scores.Earn(id, change.Earned);
        if (change.CountsAs is null) return reply;
        var referrers = tables.Leads.ReferrersFrom(unit.CampaignId, row.ParentId);
        scores.Mention(referrers);
        if (reply.Stored is not null) CountAs(id, row.CountsAs, ReferralClasses.After(row.CountsAs, change, status), referrers, scores);
        return reply;
    }

    private void CountAs(long id, ReferralClass before, ReferralClass after, Referrers referrers, UnitScores scores)
    {
        if (after == before) return;
        tables.Leads.CountAs(id, after);
        scores.Count(referrers, before, -1);
        scores.Count(referrers, after, +1);
        scores.Exclude(id, after is ReferralClass.Nobody);
    }

    /// <summary>
    /// Removes a lead with all that is kept of it. It counts no more, and neither do, for who referred it, those whom it referred.
    /// </summary>
    public void Remove(CampaignRow campaign, LeadHead row, LeadRemoval removal, UnitScores scores)
    {
        if (row is { Email: not null, PersonId: { } personId }) tables.People.KeepKey(personId);
        var referrers = tables.Leads.ReferrersFrom(row.CampaignId, row.ParentId);
        scores.Count(referrers, row.CountsAs, -1);
        var own = scores[removal.LeadId];
        if (referrers.Parent is { } parent) scores.CountIndirect(parent, -own.DirectReferrals, -own.VerifiedReferrals);
        scores.Remove(removal.LeadId);
        if (removal.LeaveMember) tables.Leads.Empty(removal.LeadId);
        else tables.Leads.Delete(removal.LeadId);
        tables.Idempotency.ForgetLead(removal.LeadId);
        tables.Links.DeleteOf(removal.LeadId);
        tables.Tasks.DeleteOf(removal.LeadId);
        tables.State.DeleteOf(removal.LeadId);
        tables.Events.ForgetLead(removal.LeadId);
        tables.Events.Tell(campaign, row.CampaignId, EventDetails.Removed(removal.LeadId), now);
    }

    private bool IsTaken(IdentifierKey identifier) => tables.Leads.Find(identifier) is not null;

    private void Apply(LeadChange change, string? newEmail, string? newPhone)
    {
        var id = change.After.Id;
        tables.Leads.Update(id, change);
        if (newEmail is not null) tables.Leads.ClaimEmail(id, newEmail);
        if (newPhone is not null) tables.Leads.ClaimPhone(id, newPhone);
        foreach (var task in change.Tasks) tables.Tasks.Delete(task);
        foreach (var claim in change.Idempotency) tables.Idempotency.Claim(claim, id, now, notBefore);
    }
}
