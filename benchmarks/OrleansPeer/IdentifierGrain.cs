namespace LeadEngine.OrleansPeer;

internal sealed class IdentifierGrain(
    [PersistentState("lead", GrainStorageSchema.ProviderName)] IPersistentState<LeadState> lead, TimeProvider clock) : Grain, IIdentifierGrain
{
    private ICampaignGrain Campaign => GrainFactory.GetGrain<ICampaignGrain>(this.GetPrimaryKeyLong(out _));

    public async Task<LeadReply?> SignUp(string? firstName, string? company)
    {
        if (lead.RecordExists)
        {
            await SaveAsync(firstName, company);
            return Reply(await Campaign.CountLeads());
        }

        if (await Campaign.Join() is not { } rank) return null;
        (lead.State.Rank, lead.State.CreatedAt) = (rank, clock.GetUtcNow());
        await SaveAsync(firstName, company);
        return Reply(leadCount: rank);
    }

    public async Task<LeadReply?> Find() => lead.RecordExists ? Reply(await Campaign.CountLeads()) : null;

    private async Task SaveAsync(string? firstName, string? company)
    {
        lead.State.Counter++;
        lead.State.FirstName = firstName ?? lead.State.FirstName;
        lead.State.Company = company ?? lead.State.Company;
        try
        {
            await lead.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }

    private LeadReply Reply(long leadCount) => new()
    {
        Rank = lead.State.Rank,
        Counter = lead.State.Counter,
        LeadCount = leadCount,
        CreatedAt = lead.State.CreatedAt,
        FirstName = lead.State.FirstName,
        Company = lead.State.Company,
    };
}

[GenerateSerializer, Alias("peer.LeadState")]
internal sealed class LeadState
{
    [Id(0)]
    public long Rank { get; set; }

    [Id(1)]
    public long Counter { get; set; }

    [Id(2)]
    public DateTimeOffset CreatedAt { get; set; }

    [Id(3)]
    public string? FirstName { get; set; }

    [Id(4)]
    public string? Company { get; set; }
}
