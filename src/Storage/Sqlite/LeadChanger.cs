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
        var lead = Apply(change, row, email, phone);
        if (change.ConcernsPerson) linker.Relink(campaign.AccountId, lead, row.PersonId);
        return LeadChangeReply.Applied(new() { Lead = lead, Version = row.Version + 1, Requests = change.Requests });
    }

    /// <summary>Whether the lead is in the campaign.</summary>
    public bool IsThere(long campaignId, long leadId) => tables.Leads.Head(leadId) is { } row && row.CampaignId == campaignId;

    /// <summary>Removes a lead of a campaign with all that is kept of it.</summary>
    public void Remove(long campaignId, LeadRemoval removal)
    {
        if (removal.LeaveMember) tables.Leads.Empty(removal.LeadId);
        else tables.Leads.Delete(removal.LeadId);
        tables.Scores.Delete(campaignId, removal.LeadId);
        tables.Idempotency.ForgetLead(removal.LeadId);
        tables.Links.DeleteOf(removal.LeadId);
    }

    private bool IsTaken(IdentifierKey identifier) => tables.Leads.Find(identifier) is not null;

    private Lead Apply(LeadChange change, LeadHead row, string? newEmail, string? newPhone)
    {
        var id = change.After.Id;
        tables.Leads.Update(id, change);
        if (newEmail is not null) tables.Leads.ClaimEmail(id, newEmail);
        if (newPhone is not null) tables.Leads.ClaimPhone(id, newPhone);
        foreach (var claim in change.Idempotency) tables.Idempotency.Claim(claim, id, now, notBefore);
        return change.After with { Email = row.Email ?? newEmail, Phone = row.Phone ?? newPhone };
    }
}
