using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Links;
using LeadEngine.People;

namespace LeadEngine.Simulation.Clients;

/// <summary>What a host does for Aktify's and SendKit's clients. What is null was not answered.</summary>
internal sealed partial class Host
{
    public Task<Told<ImmutableArray<AddedLead>>?> AddMany(long campaignId, ImmutableArray<NewLead> leads) =>
        Hear(Grains.GetGrain<ICampaignGrain>(campaignId).AddMany(new AddLeads { Leads = leads }));

    public Task<Told<LeadRefusal?>?> Remove(Removal command) =>
        Hear(Grains.GetGrain<ILeadGrain>(command.LeadId).Remove(command.CampaignId, command.LeaveMember));

    public Task<Told<int>?> SetMembers(MemberRuling command) =>
        Hear(Grains.GetGrain<ICampaignGrain>(command.CampaignId).SetMemberStatus(command.LeadIds, command.Status));

    public Task<Told<ImmutableArray<Member>>?> ListMembers(long campaignId) =>
        Hear(Grains.GetGrain<ICampaignGrain>(campaignId).ListMembers(new MemberQuery { Limit = 1_000 }));

    public Task<Told<ImmutableArray<Lead>>?> ListPosted(long campaignId) =>
        Hear(Grains.GetGrain<ICampaignGrain>(campaignId).ListPosted(null, 1_000));

    public Task<Told<ImmutableArray<ImportedPerson>>?> Import(Import command) =>
        Hear(Directory(command.AccountId).Import(command.People, command.Update));

    public Task<PersonReply?> Edit(PersonEdit command) => Answered(Directory(command.AccountId).Change(command.PersonId, command.Patch));

    public Task<PeopleDeletion?> Delete(Deletion command) => Answered(Directory(command.AccountId).Delete(command.PersonIds, command.Force));

    public Task<Told<ImmutableArray<Person>>?> Find(Search command) => Hear(Directory(command.AccountId).List(new PeopleQuery
    {
        Filter = new PeopleFilter { Search = command.Text },
        Limit = 1_000,
    }));

    public Task<Told<int>?> Ban(Ban command) => Hear(Directory(command.AccountId).AddDoNotContact([command.Entry]));

    public Task<Told<ImmutableArray<string>>?> FindBanned(long accountId, ImmutableArray<string> values) =>
        Hear(Directory(accountId).FindDoNotContact(values));

    public Task<Told<string?>?> Follow(Click command) => Hear(Grains.GetGrain<ILinkGrain>(command.Code).Follow());

    private IDirectoryGrain Directory(long accountId) => Grains.GetGrain<IDirectoryGrain>(accountId);

    private Task<Told<T>?> Hear<T>(Task<T> call) => Answered(Wrap(call));

    private async Task<T?> Answered<T>(Task<T> call)
        where T : class
    {
        try
        {
            return await Bound(call);
        }
        catch (Exception silence) when (IsSilence(silence))
        {
            return null;
        }
    }

    private static async Task<Told<T>> Wrap<T>(Task<T> call) => new(await call);
}
