using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;
using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Promises;

/// <summary>Removals, members, short links, and errands about people.</summary>
internal sealed partial class PromiseChecker
{
    private void CheckErrands()
    {
        Each<Removal, Told<LeadRefusal?>>(testimony.Removals, CheckRemoval);
        Each<Import, Told<ImmutableArray<ImportedPerson>>>(testimony.Imports, CheckImport);
        Each<PersonEdit, PersonReply>(testimony.Edits, CheckEdit);
        Each<Deletion, PeopleDeletion>(testimony.Deletions, CheckDeletion);
        Each<Click, Told<string?>>(testimony.Clicks, CheckClick);
        Each<Search, Told<ImmutableArray<Person>>>(testimony.Searches, CheckSearch);
        Each<Bulk, Told<QueueReply>>(testimony.Bulks, CheckBulk);
        CheckBusyBulks();
        CheckClickCounts();
        CheckMembers();
    }

    private static void Each<TCommand, TAnswer>(IEnumerable<Errand<TAnswer>> errands, Action<TCommand, Try<TAnswer>, int> check)
        where TCommand : Command
        where TAnswer : class
    {
        foreach (var errand in errands)
        {
            foreach (var sent in errand.Tries.Where(sent => sent.Answer is not null)) check((TCommand)errand.Command, sent, sent.To!.Value);
        }
    }

    private void CheckRemoval(Removal removal, Try<Told<LeadRefusal?>> sent, int to)
    {
        var lead = _model.Leads.GetValueOrDefault(removal.LeadId);
        var wasThere = lead is not null && lead.Steps[0].At < sent.From && !lead.IsGoneBy(to);
        switch (sent.Answer!.Value)
        {
            case null:
                Broken.Unless(!wasThere || lead!.CampaignId != removal.CampaignId, $"{removal} was acknowledged, and it is there.");
                break;
            case LeadRefusal.LeadNotFound:
                Broken.Unless(lead?.CampaignId != removal.CampaignId, $"{removal} was told that the lead is not in the campaign.");
                break;
            case LeadRefusal.Locked:
                Broken.Unless(_model.Campaign(removal.CampaignId).Between(sent.From, to).Contains(CampaignStatus.Locked), $"{removal} was told that the campaign was locked.");
                break;
            case LeadRefusal.Busy or LeadRefusal.Unknown:
                Broken.Unless(!isCalm, $"{removal} was refused as {sent.Answer.Value}, though nothing was wrong.");
                break;
            case var why:
                throw new BrokenPromiseException($"{removal} was refused: {why}.");
        }
    }

    private void CheckClick(Click click, Try<Told<string?>> sent, int to)
    {
        var lead = LeadOf(click.Code);
        if (sent.Answer!.Value is { } url)
        {
            Broken.Unless(url == Town.UrlOf(click.Code), $"{click} led to {url}.");
            // Redirects come from memory: a link that nobody followed for a while may be followed once more after its lead went.
            Broken.Unless(lead.Any(owner => owner.Steps[0].At < to), $"{click} led somewhere, though there was no such link.");
            return;
        }

        Broken.Unless(!lead.Any(owner => owner.Steps[0].At < sent.From && !owner.IsGoneBy(to)), $"{click} led nowhere.");
    }

    private IEnumerable<ModelLead> LeadOf(string code) =>
        testimony.Requests.Where(request => request.LinkCode == code).SelectMany(_model.EffectsOf).Select(effect => effect.Lead);

    /// <summary>
    /// No click is counted twice, unless the first count lands after a look found that it had not; when nothing goes wrong, none is lost.
    /// </summary>
    private void CheckClickCounts()
    {
        foreach (var clicks in testimony.Clicks.GroupBy(errand => ((Click)errand.Command).Code))
        {
            var counted = database.Log.Entries.OfType<LinkClicked>().Where(entry => entry.Code == clicks.Key).Sum(entry => entry.Clicks);
            var tries = clicks.Sum(errand => errand.Tries.Count);
            Broken.Unless(counted <= tries || commitsLandLate, $"{counted} clicks on {clicks.Key} were counted, and there were {tries}.");
            var heard = clicks.Sum(errand => errand.Tries.Count(sent => sent.Answer?.Value is not null));
            var isThere = LeadOf(clicks.Key).Any(lead => !lead.IsGone);
            Broken.Unless(!isCalm || !isThere || counted >= heard, $"{counted} clicks on {clicks.Key} were counted, and there were {heard}.");
        }
    }

    private void CheckSearch(Search search, Try<Told<ImmutableArray<Person>>> sent, int to)
    {
        foreach (var told in sent.Answer!.Value)
        {
            Broken.Unless(PersonOf(search.AccountId, told.Id)?.WasThereBetween(sent.From, to) is true, $"{search} told of person {told.Id}, who was not there.");
        }
    }

    /// <summary>What members were set to they stay, unless somebody else said otherwise, or may have.</summary>
    private void CheckMembers()
    {
        var rulings = testimony.MemberRulings.Select(errand => (Errand: errand, Ruling: (MemberRuling)errand.Command)).ToList();
        foreach (var (at, set) in database.Log.Entries.Index().Where(entry => entry.Item is MemberSet).Select(entry => (entry.Index, (MemberSet)entry.Item)))
        {
            Broken.Unless(
                rulings.Exists(other => other.Errand.From <= at && other.Ruling.Status == set.Status && other.Ruling.LeadIds.Contains(set.LeadId)),
                $"Nobody asked for it: {set}.");
        }

        foreach (var (errand, ruling) in rulings)
        {
            if (errand.Tries.Find(sent => sent.Answer is not null) is not { To: { } to } told) continue;
            // A locked campaign's members stay as they are, and nobody is told but by the number that changed.
            if (_model.Campaign(ruling.CampaignId).Between(told.From, to).Contains(CampaignStatus.Locked)) continue;
            foreach (var lead in ruling.LeadIds.Select(id => _model.Leads.GetValueOrDefault(id)).OfType<ModelLead>())
            {
                if (lead.CampaignId != ruling.CampaignId || lead.Steps[0].At >= told.From || lead.IsGone) continue;
                var others = rulings.Where(other => other.Errand != errand && other.Ruling.LeadIds.Contains(lead.Id) && MayComeAfter(other.Errand, told.From));
                Broken.Unless(
                    database.Members[lead.Id].Status == ruling.Status || others.Any(other => other.Ruling.Status == database.Members[lead.Id].Status),
                    $"{errand} was acknowledged at {to}, and member {lead.Id} is {database.Members[lead.Id].Status}.");
            }
        }
    }

    private static bool MayComeAfter(Errand<Told<int>> errand, int position) => errand.Tries.Exists(sent => sent.To is not { } to || to >= position);
}
