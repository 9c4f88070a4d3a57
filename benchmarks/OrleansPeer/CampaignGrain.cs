namespace LeadEngine.OrleansPeer;

internal sealed class CampaignGrain([PersistentState("campaign", GrainStorageSchema.ProviderName)] IPersistentState<CampaignState> campaign)
    : Grain, ICampaignGrain
{
    public async Task<bool> Open(string name)
    {
        if (campaign.RecordExists) return false;
        campaign.State.Name = name;
        await SaveAsync();
        return true;
    }

    public async Task<long?> Join()
    {
        if (!campaign.RecordExists) return null;
        campaign.State.LeadCount++;
        await SaveAsync();
        return campaign.State.LeadCount;
    }

    public Task<long> CountLeads() => Task.FromResult(campaign.State.LeadCount);

    private async Task SaveAsync()
    {
        try
        {
            await campaign.WriteStateAsync();
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }
    }
}

[GenerateSerializer, Alias("peer.CampaignState")]
internal sealed class CampaignState
{
    [Id(0)]
    public string Name { get; set; } = "";

    [Id(1)]
    public long LeadCount { get; set; }
}
