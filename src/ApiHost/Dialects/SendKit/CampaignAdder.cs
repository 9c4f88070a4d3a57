using System.Collections.Immutable;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>How far adding has got.</summary>
/// <param name="Added">How many leads are new.</param>
/// <param name="Skipped">How many were there already, or are not to be contacted.</param>
/// <param name="Stop">Why it went no further; null when it did.</param>
internal readonly record struct AddTally(int Added, int Skipped, LeadRefusal? Stop = null)
{
    public static AddTally operator +(AddTally one, AddTally other) =>
        new(one.Added + other.Added, one.Skipped + other.Skipped, one.Stop ?? other.Stop);

    /// <summary>The fault to answer with; null when nothing stopped it.</summary>
    public Fault? ToFault() => Stop switch
    {
        null => null,
        LeadRefusal.Busy or LeadRefusal.AskAgain or LeadRefusal.Unknown when Added > 0 =>
            SendKitFaults.CutShort($"{Added} leads were added"),
        var why when Added > 0 => SendKitFaults.Of(why.Value) is var fault
            ? fault with { Message = $"{fault.Message}; {Added} leads were added before" }
            : null,
        var why => SendKitFaults.Of(why.Value),
    };
}

/// <summary>Adds people to a campaign.</summary>
internal sealed class CampaignAdder(IGrainFactory grains, EngineCalls calls)
{
    /// <summary>Adds those who are not there, in one command; leaves out those who are not to be contacted.</summary>
    public async Task<AddTally> Add(Campaign campaign, IReadOnlyCollection<NewLead> leads, Deadline deadline)
    {
        if (leads.Count == 0) return default;
        var again = false;
        try
        {
            var wanted = campaign.Settings.SkipDoNotContact
                ? await WithoutDoNotContact(campaign.AccountId, leads, deadline)
                : [.. leads];
            var outcomes = wanted.IsEmpty ? [] : await AddMany(campaign.Id, wanted, deadline, () => again = true);
            var added = outcomes.Count(outcome => outcome is { IsNew: true, Refusal: null });
            var refused = outcomes.Count(outcome => outcome.Refusal is not null);
            var stop = outcomes.FirstOrDefault(outcome => outcome.Refusal is not null).Refusal;
            return new AddTally(added, leads.Count - added - refused, again && stop is LeadRefusal.Busy ? LeadRefusal.Unknown : stop);
        }
        catch (StoreBusyException) when (!again)
        {
            return new AddTally(0, 0, LeadRefusal.Busy);
        }
        catch (Exception silence) when (EngineSilence.IsSilence(silence))
        {
            return new AddTally(0, 0, LeadRefusal.Unknown);
        }
    }

    // Leads that an earlier try made count as new again, so what is told is the outcome of all tries together.
    private Task<ImmutableArray<AddedLead>> AddMany(long campaignId, ImmutableArray<NewLead> leads, Deadline deadline, Action repeats)
    {
        var campaign = grains.GetGrain<ICampaignGrain>(campaignId);
        return calls.UntilHeard(
            async isRepeat =>
            {
                if (isRepeat) repeats();
                var outcomes = await campaign.AddMany(new AddLeads { Leads = isRepeat ? AsRepeats(leads) : leads });
                return outcomes.Any(MayBeAdded) ? throw new TimeoutException("It is not known whether all leads were added.") : outcomes;
            },
            deadline);
    }

    private static bool MayBeAdded(AddedLead outcome) => outcome.Refusal is LeadRefusal.AskAgain or LeadRefusal.Unknown;

    private static ImmutableArray<NewLead> AsRepeats(ImmutableArray<NewLead> leads) =>
        [.. leads.Select(lead => lead with { Request = lead.Request with { IsRepeat = true } })];

    private async Task<ImmutableArray<NewLead>> WithoutDoNotContact(
        long accountId, IReadOnlyCollection<NewLead> leads, Deadline deadline)
    {
        ImmutableArray<string> addresses = [.. leads.Select(AddressOf)];
        var directory = grains.GetGrain<IDirectoryGrain>(accountId);
        var found = await calls.UntilHeard(_ => directory.FindDoNotContact(addresses), deadline);
        if (found.IsEmpty) return [.. leads];
        var blocked = found.ToHashSet(StringComparer.Ordinal);
        return [.. leads.Where(lead => !blocked.Contains(AddressOf(lead)))];
    }

    private static string AddressOf(NewLead lead) => lead.Email ?? lead.Phone!;
}
