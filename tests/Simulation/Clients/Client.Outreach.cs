using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;

namespace LeadEngine.Simulation.Clients;

/// <summary>What clients ask through the outreach dialects, and about the people of an account.</summary>
internal sealed partial class Client
{
    private Task ReachOut() => Chance.Between(1, 20) switch
    {
        <= 7 => AddMany(town.DrawEntries(Chance)),
        <= 10 => Remove(town.DrawRemoval(Chance)),
        11 => Persist(testimony.MemberRulings, town.DrawMemberRuling(Chance), (host, command) => host.SetMembers(command)),
        12 or 13 => Import(town.DrawImport(Chance)),
        14 or 15 => Persist(testimony.Edits, town.DrawEdit(Chance), (host, command) => host.Edit(command)),
        16 => Delete(town.DrawDeletion(Chance)),
        17 or 18 => Click(town.DrawClick(Chance)),
        19 => Find(town.DrawSearch(Chance)),
        _ => Persist(testimony.Bans, town.DrawBan(Chance), (host, command) => host.Ban(command)),
    };

    public Task<Told<LeadRefusal?>?> Remove(Removal removal) =>
        Persist(testimony.Removals, removal, (host, command) => host.Remove(command), answer => answer.Value is LeadRefusal.Busy or LeadRefusal.Unknown);

    public Task<PeopleDeletion?> Delete(Deletion deletion) => Persist(
        testimony.Deletions, deletion, (host, command) => host.Delete(command), answer => answer.Refusal is LeadRefusal.Busy or LeadRefusal.Unknown);

    /// <summary>A search is not tried again.</summary>
    public Task<Told<ImmutableArray<Person>>?> Find(Search search) => Once(testimony.Searches, search, (host, command) => host.Find(command));

    public Task<Told<string?>?> Click(Click click) => Once(testimony.Clicks, click, (host, command) => host.Follow(command));

    public Task<Told<ImmutableArray<Member>>?> ListMembers(long campaignId) =>
        Reach($"members of campaign {campaignId}", host => host.ListMembers(campaignId));

    public Task<Told<ImmutableArray<Lead>>?> ListPosted(long campaignId) =>
        Reach($"posting order of campaign {campaignId}", host => host.ListPosted(campaignId));

    public Task<Told<ImmutableArray<string>>?> FindBanned(long accountId, ImmutableArray<string> values) =>
        Reach($"look-up of do-not-contact entries of account {accountId}", host => host.FindBanned(accountId, values));

    /// <summary>Adds people together, again and again while some may be left.</summary>
    private async Task AddMany(ClientRequest[] entries)
    {
        testimony.Requests.AddRange(entries);
        for (var tries = 0; tries < MaxTries; tries++)
        {
            if (await AddManyOnce(entries, isRepeat: tries > 0) || !Chance.Happens(0.8)) return;
            await PauseBeforeRetry();
        }
    }

    private async Task<bool> AddManyOnce(ClientRequest[] entries, bool isRepeat)
    {
        foreach (var entry in entries) entry.Tries.Add(testimony.Begin<Answer>());
        var told = await Reach(
            $"add {string.Join("; ", entries.Select(entry => entry.ToString()))}",
            host => host.AddMany(entries[0].CampaignId, [.. entries.Select(entry => entry.NewLead(isRepeat))]));
        if (told is null) return false;

        foreach (var (entry, added) in entries.Zip(told.Value))
        {
            var answer = Answer.Of(added);
            testimony.End(entry.Tries[^1], answer);
            town.Learn(answer.LeadId);
        }

        return entries.All(entry => entry.Tries[^1].Answer is not ({ Outcome: Outcome.Unknown } or { Refusal: LeadRefusal.Busy }));
    }

    private async Task Import(Import import)
    {
        var told = await Persist(testimony.Imports, import, (host, command) => host.Import(command));
        foreach (var imported in told?.Value ?? []) town.LearnPerson(imported.PersonId);
    }

    /// <summary>Runs an errand, mostly until it is answered.</summary>
    private async Task<TAnswer?> Persist<TCommand, TAnswer>(
        List<Errand<TAnswer>> errands, TCommand command, Func<Host, TCommand, Task<TAnswer?>> work, Func<TAnswer, bool>? isOpen = null)
        where TCommand : Command
        where TAnswer : class
    {
        var errand = Begin(errands, command);
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var answer = await Try(errand, command, work);
            if ((answer is not null && isOpen?.Invoke(answer) is not true) || !Chance.Happens(0.85)) return answer;
            await PauseBeforeRetry();
        }

        return null;
    }

    private Task<TAnswer?> Once<TCommand, TAnswer>(List<Errand<TAnswer>> errands, TCommand command, Func<Host, TCommand, Task<TAnswer?>> work)
        where TCommand : Command
        where TAnswer : class => Try(Begin(errands, command), command, work);

    private Errand<TAnswer> Begin<TAnswer>(List<Errand<TAnswer>> errands, Command command)
        where TAnswer : class
    {
        var errand = new Errand<TAnswer>(town.NumberOf(command), command);
        errands.Add(errand);
        return errand;
    }

    private async Task<TAnswer?> Try<TCommand, TAnswer>(Errand<TAnswer> errand, TCommand command, Func<Host, TCommand, Task<TAnswer?>> work)
        where TCommand : Command
        where TAnswer : class
    {
        var sent = testimony.Begin<TAnswer>();
        errand.Tries.Add(sent);
        var answer = await Reach($"{errand}", host => work(host, command));
        if (answer is not null) testimony.End(sent, answer);
        return answer;
    }
}
