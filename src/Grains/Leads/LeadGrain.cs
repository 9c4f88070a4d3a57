using LeadEngine.Campaigns;
using LeadEngine.Grains.Telemetry;
using LeadEngine.Leads;
using LeadEngine.Storage;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;

namespace LeadEngine.Grains.Leads;

/// <summary>
/// One lead: hands what changes it to its <see cref="LeadWriter"/>. Reentrant, which is safe because that one starts each write from the
/// version that was read or written last, and the store refuses any other.
/// </summary>
[Reentrant, PreferLocalPlacement, GrainType("lead")]
internal sealed class LeadGrain : Grain, ILeadGrain, ILeadDesk
{
    private readonly ILeadStore _store;
    private readonly Jitter _jitter;
    private readonly LeadRecord _record;
    private readonly LeadWriter _writer;

    public LeadGrain(ILeadStore store, IOptions<EngineOptions> options, Jitter jitter, LeadMetrics metrics, TimeProvider clock)
    {
        (_store, _jitter) = (store, jitter);
        _record = new LeadRecord(store, Id);
        _writer = new LeadWriter(_record, this, options.Value.MaxWaiting, jitter, metrics, clock);
    }

    private long Id => this.GetPrimaryKeyLong();

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _record.LookAgain();

    public async Task<LeadReply> Get(long campaignId)
    {
        await LookAgain();
        return _record.Stored is { Lead: var lead } && lead.CampaignId == campaignId
            ? LeadReply.Accepted(lead, await FindStanding())
            : LeadReply.Refused(LeadRefusal.LeadNotFound);
    }

    public async Task<LeadRefusal?> Remove(long campaignId, bool leaveMember)
    {
        await LookAgain();
        if (_record.Stored is not { Lead: var lead }) return null;
        if (lead.CampaignId != campaignId) return LeadRefusal.LeadNotFound;
        var refusal = await Removing.UntilSettled(Campaign(lead), new LeadRemoval(Id, leaveMember), _jitter);

        // A write that is under way would bring back what this activation knew, so it is the next one that finds the lead gone.
        if (refusal is null or LeadRefusal.Unknown) DeactivateOnIdle();
        return refusal;
    }

    public Task<LeadReply> Apply(LeadCommand command) => _writer.Enter(new OrderRequest(command));

    public Task<LeadReply> Update(UpsertLead command) => _writer.Enter(new UpsertRequest(command));

    public Task<LeadChangeReply> Send(LeadChange change) => change.IsScored ? Campaign(change.After).Score(change) : _store.Write(change);

    public Task<Standing> FindStanding() => Campaign(_record.Stored!.Lead).GetStanding(Id);

    void ILeadDesk.Leave() => DeactivateOnIdle();

    // A lead that was not there may come. (To leave instead would send away all who wait, and they are not sent on for ever.)
    private Task LookAgain() => _record.Stored is null ? _record.LookAgain() : Task.CompletedTask;

    private ICampaignGrain Campaign(Lead lead) => GrainFactory.GetGrain<ICampaignGrain>(lead.CampaignId);
}
