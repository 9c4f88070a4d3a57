using LeadEngine.ApiHost.Leads;
using LeadEngine.Idempotency;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Idempotency;

/// <summary>
/// Carries out commands that are parts of a request about many leads. Under an idempotency key each part has a key of its own, spent in the
/// transaction of its change, so that it has one effect however often the whole request is sent.
/// </summary>
internal sealed class PartialChanges(IdempotencyRecords records, LeadCalls leads)
{
    /// <param name="leadId">The lead that the part is about.</param>
    /// <param name="command">The command, under the stamp of the whole request.</param>
    /// <param name="whole">The key of the whole request; null when it came without one.</param>
    /// <param name="deadline">Until when there has to be a reply.</param>
    public async Task<LeadReply> Apply(long leadId, LeadCommand command, IdempotencyKey? whole, Deadline deadline)
    {
        var part = command with { Request = command.Request.Part(leadId) };
        if (whole is null) return await leads.Apply(leadId, part, deadline);

        var key = whole.Part(leadId);
        var record = records.Of(key);
        var begun = await records.Begin(record, key, deadline);
        if (begun.Outcome is not (BeginOutcome.Run or BeginOutcome.AnswerLost)) return LeadReply.Refused(LeadRefusal.Busy);
        try
        {
            return begun.Outcome is BeginOutcome.AnswerLost
                ? await leads.Get(command.CampaignId, leadId, deadline)
                : await leads.Apply(leadId, part with { Request = part.Request with { Idempotency = key.Claim } }, deadline);
        }
        finally
        {
            await records.Abandon(record, deadline);
        }
    }
}
