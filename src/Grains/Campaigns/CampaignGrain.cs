using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace LeadEngine.Grains.Campaigns;

/// <summary>
/// Gathers what arrives while its last transaction is under way and sends it as one unit. Reentrant, which is safe because it never reads,
/// awaits and writes: who exists, which rank is next and whether the campaign is open are decided in the store, behind the epoch.
/// </summary>
[Reentrant, GrainType("campaign")]
internal sealed class CampaignGrain(
    [PersistentState("campaign", StateStorage.Name)] IPersistentState<CampaignRecord> record,
    ILeadStore store,
    IOptions<EngineOptions> options) : Grain, ICampaignGrain
{
    private readonly WaitingRoom _waiting = new();
    private Tenure? _tenure;
    private bool _sending;

    private long Id => this.GetPrimaryKeyLong();

    public override async Task OnActivateAsync(CancellationToken cancellationToken) =>
        _tenure = await store.TakeOver(Id) is { } taken ? new Tenure(taken) : null;

    public async Task<CampaignReply> Create(long accountId, CampaignSettings settings)
    {
        if (_tenure is not null && !record.RecordExists) await record.Save(new CampaignRecord { AccountId = accountId, Settings = settings }, DeactivateOnIdle);
        return Describe();
    }

    public Task<CampaignReply> Get() => Task.FromResult(Describe());

    public async Task<CampaignReply> Configure(CampaignSettings settings)
    {
        if (record.RecordExists) await record.Save(record.State with { Settings = settings }, DeactivateOnIdle);
        return Describe();
    }

    public Task<CampaignReply> SetStatus(CampaignStatus status) => Enter(new WaitingStatus(status));

    public Task<AddReply> Add(NewLead lead) => Enter(new WaitingAdd(record.State.Settings is { Waitlist: true }
        ? lead with { Profile = lead.Profile with { Waitlisted = true } }
        : lead));

    public Task<LeadChangeReply> Score(LeadChange change) => Enter(new WaitingChange(change));

    public Task<Standing> GetStanding(long leadId) => Task.FromResult(_tenure is null
        ? new Standing { LeadCount = 0, Score = default, ScoreRank = 1 }
        : _tenure.StandingOf(leadId));

    public async Task<LeadPage> List(long afterRank, int limit)
    {
        var leads = await store.List(Id, afterRank, limit);
        return new LeadPage(leads, leads.Length == limit ? leads[^1].Rank : null);
    }

    private CampaignReply Describe()
    {
        if (_tenure is null || record.State.Settings is not { } settings) return CampaignReply.Refused(NotHere());
        return CampaignReply.Accepted(new Campaign
        {
            Id = Id,
            AccountId = record.State.AccountId,
            Status = _tenure.Status,
            LeadCount = _tenure.LeadCount,
            Settings = settings,
        });
    }

    private LeadRefusal NotHere()
    {
        if (_tenure is null) DeactivateOnIdle(); // It costs memory, and another look costs little.
        return LeadRefusal.CampaignNotFound;
    }

    private Task<TReply> Enter<TReply>(Waiting<TReply> item)
    {
        if (_tenure is null) item.Refuse(NotHere());
        else if (_tenure.IsOver) item.Refuse(LeadRefusal.AskAgain);
        else if (_waiting.Count >= options.Value.MaxWaitingAtCampaign) item.Refuse(LeadRefusal.Busy);
        else
        {
            _waiting.Enter(item);
            if (!_sending) _ = SendWhatWaits(_tenure);
        }

        return item.Reply;
    }

    private async Task SendWhatWaits(Tenure tenure)
    {
        _sending = true;
        while (_waiting.Count > 0) await Send(_waiting.Take(options.Value.UnitSize), tenure);
        _sending = false;
    }

    private async Task Send(List<Waiting> taken, Tenure tenure)
    {
        try
        {
            if (taken is [WaitingStatus change]) await SendStatus(change, tenure);
            else await SendUnit(taken, tenure);
        }
        catch (StoreBusyException)
        {
            Refuse(taken, LeadRefusal.Busy);
        }
        catch (StoreOutcomeUnknownException)
        {
            Refuse(taken, LeadRefusal.Unknown);
            StepDown(tenure);
        }
        catch (Exception exception)
        {
            foreach (var item in taken) item.Fail(exception);
            StepDown(tenure);
        }
    }

    private async Task SendUnit(List<Waiting> taken, Tenure tenure)
    {
        var unit = new CampaignUnit
        {
            CampaignId = Id,
            Epoch = tenure.Epoch,
            ReferralPoints = record.State.Settings?.ReferralPoints ?? 0,
            Adds = [.. taken.OfType<WaitingAdd>().Select(item => item.Lead)],
            Changes = [.. taken.OfType<WaitingChange>().Select(item => item.Change)],
        };
        var reply = await store.Commit(unit);
        if (reply.IsFenced)
        {
            Refuse(taken, LeadRefusal.AskAgain);
            StepDown(tenure);
            return;
        }

        tenure.Apply(reply);
        tenure.Answer(taken, unit, reply);
        if (reply.WasInDoubt) StepDown(tenure);
    }

    private async Task SendStatus(WaitingStatus change, Tenure tenure)
    {
        if (await store.SetStatus(Id, tenure.Epoch, change.Status))
        {
            tenure.Status = change.Status;
            change.Answer(Describe());
            return;
        }

        change.Refuse(LeadRefusal.AskAgain);
        StepDown(tenure);
    }

    // Another activation has the campaign, or what this one remembers may be out of date: whoever waits asks again, of the next one.
    private void StepDown(Tenure tenure)
    {
        tenure.IsOver = true;
        Refuse(_waiting.Clear(), LeadRefusal.AskAgain);
        DeactivateOnIdle();
    }

    private static void Refuse(IEnumerable<Waiting> items, LeadRefusal why)
    {
        foreach (var item in items) item.Refuse(why);
    }
}
