using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.Leads;
using LeadEngine.Storage;

namespace LeadEngine.Simulation.Store;

/// <summary>Changes of leads, their removal, and answers.</summary>
internal sealed partial class SimulatedDatabase
{
    private LeadChangeReply Write(LeadChange change, DateTimeOffset now)
    {
        var (id, campaignId) = (change.After.Id, change.After.CampaignId);
        if (!_leads.TryGetValue(id, out var before)) return LeadChangeReply.Refused(LeadRefusal.AskAgain);
        if (before.Lead.CampaignId != campaignId) return LeadChangeReply.Refused(LeadRefusal.AskAgain);
        if (before.Version != change.ExpectedVersion) return LeadChangeReply.Refused(LeadRefusal.AskAgain);
        if (_campaigns[campaignId].Status is CampaignStatus.Locked) return LeadChangeReply.Refused(LeadRefusal.Locked);

        var (email, phone) = (before.Lead.Email, before.Lead.Phone);
        if (change.ClaimEmail is { } claimedEmail)
        {
            var key = new IdentifierKey(campaignId, IdentifierKind.Email, claimedEmail);
            if (OwnerOf(key) is { } owner && owner != id) return LeadChangeReply.Refused(LeadRefusal.AskAgain);
            if (email is null) _owners.Add(key, id);
            email ??= claimedEmail;
        }

        if (phone is null && change.ClaimPhone is { } claimedPhone
            && _owners.TryAdd(new IdentifierKey(campaignId, IdentifierKind.Phone, claimedPhone), id)) phone = claimedPhone;

        var after = new StoredLead
        {
            Lead = change.After with { Email = email, Phone = phone },
            Version = before.Version + 1,
            Requests = change.Requests,
        };
        _leads[id] = after;
        Log.Add(new LeadChanged(before, after, change.ConcernsPerson) { Tasks = change.Tasks });
        if (change.ConcernsPerson) LinkAnew(after.Lead, now);
        foreach (var task in change.Tasks) EndTask(task, isDropped: false);
        foreach (var claim in change.Idempotency) Spend(claim, id, now);
        foreach (var note in change.Events) TellOfLead(campaignId, id, note, now);
        return LeadChangeReply.Applied(after);
    }

    private LeadRefusal? Remove(long campaignId, LeadRemoval removal, HashSet<long> scored, DateTimeOffset now)
    {
        var (id, leaveMember) = removal;
        if (!_leads.TryGetValue(id, out var row) || row.Lead.CampaignId != campaignId) return null;
        var campaign = _campaigns[campaignId];
        if (campaign.Status is CampaignStatus.Locked) return LeadRefusal.Locked;

        _campaigns[campaignId] = campaign with { LiveCount = campaign.LiveCount - 1 };
        foreach (var identifier in IdentifiersOf(row.Lead)) _owners.Remove(identifier);
        foreach (var code in _links.Where(link => link.Value.LeadId == id).Select(link => link.Key).ToList()) _links.Remove(code);
        foreach (var key in _answers.Where(answer => answer.Value.Answer.LeadId == id).Select(answer => answer.Key).ToList()) _answers.Remove(key);
        _states.Remove((LeadStates.Verification, LeadStates.KeyOf(id)));
        scored.UnionWith(Uncount(row.Lead));
        _leads.Remove(id);
        if (leaveMember) _members[id] = _members[id] with { Status = MemberStatus.Removed, PersonId = null };
        else _members.Remove(id);
        StopTellingOf(id);
        TellOfCampaign(campaignId, EventDetails.Removed(id), now);
        Log.Add(new LeadRemoved(row, leaveMember));
        RemoveTasksOf(id);
        TellScores(campaignId);
        return null;
    }

    private void Spend(IdempotencyClaim claim, long leadId, DateTimeOffset now)
    {
        if (IsKept(claim.Key, now)) return;
        _answers[claim.Key] = new AnswerRow(new StoredAnswer(claim.Fingerprint, leadId, null, []), now);
    }

    private void Keep(KeyedAnswer keyed, DateTimeOffset now)
    {
        if (!IsKept(keyed.Key, now))
        {
            // Whoever asks about a lead has spent the key on it; without that, the lead is gone since.
            if (keyed.Answer.LeadId != 0) return;
            _answers[keyed.Key] = new AnswerRow(keyed.Answer, now);
        }
        else if (_answers[keyed.Key] is { Answer: { Status: null } spent, At: var at } && spent.Fingerprint == keyed.Answer.Fingerprint)
        {
            _answers[keyed.Key] = new AnswerRow(spent with { Status = keyed.Answer.Status, Body = keyed.Answer.Body }, at);
        }
        else return;

        Log.Add(new AnswerKept(keyed.Key, _answers[keyed.Key].Answer));
    }

    private bool IsKept(string key, DateTimeOffset now) => _answers.TryGetValue(key, out var row) && row.At >= now - idempotencyAge;
}
