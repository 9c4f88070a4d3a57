using LeadEngine.Peers;

namespace LeadEngine.OrleansPeer;

/// <summary>
/// What an Orleans developer writes in an afternoon: a grain for each campaign and one for each e-mail in it, both writing their state when
/// it changes, before they answer.
/// </summary>
internal sealed class GrainLeads(IGrainFactory grains) : IPeerLeads
{
    public async Task<long> OpenCampaignAsync(string name, CancellationToken token)
    {
        while (true)
        {
            var campaign = Random.Shared.Next(1, int.MaxValue);
            if (await grains.GetGrain<ICampaignGrain>(campaign).Open(name)) return campaign;
        }
    }

    public async Task<LeadAnswer?> FindAsync(long campaign, string email, CancellationToken token) =>
        await Identifier(campaign, email).Find() is { } found ? Answer(campaign, email, found) : null;

    public async Task<LeadAnswer?> UpsertAsync(long campaign, SignUp person, CancellationToken token) =>
        await Identifier(campaign, person.Email).SignUp(person.FirstName, person.Company) is { } stored
            ? Answer(campaign, person.Email, stored)
            : null;

    private IIdentifierGrain Identifier(long campaign, string email) => grains.GetGrain<IIdentifierGrain>(campaign, email);

    private static LeadAnswer Answer(long campaign, string email, LeadReply lead) => new()
    {
        Id = (campaign << 32) | lead.Rank,
        SocialId = $"{lead.Rank:X6}",
        Rank = lead.Rank,
        Counter = lead.Counter,
        LeadCount = lead.LeadCount,
        CampaignId = campaign,
        Email = email,
        FirstName = lead.FirstName,
        CustomFields = new(lead.Company),
        When = lead.CreatedAt,
    };
}
