using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Grains.Leads;

/// <summary>Has a campaign remove a lead, also while it moves from one activation to the next.</summary>
internal static class Removing
{
    /// <returns>Null when it is gone; else why it is not, or that nobody knows.</returns>
    public static async Task<LeadRefusal?> UntilSettled(ICampaignGrain campaign, LeadRemoval removal, Jitter jitter)
    {
        var refusal = await campaign.Remove(removal);
        if (refusal is not LeadRefusal.AskAgain) return refusal;

        // Who was told to ask again may have been heard all the same, so to be turned away now does not mean that nothing changed.
        for (var tries = 0; tries < Jitter.MaxTries; tries++)
        {
            await jitter.Pause(tries);
            refusal = await campaign.Remove(removal);
            if (refusal is not (LeadRefusal.AskAgain or LeadRefusal.Busy)) return refusal;
        }

        return LeadRefusal.Unknown;
    }
}
