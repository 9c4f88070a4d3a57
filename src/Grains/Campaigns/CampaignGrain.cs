using System.Collections.Immutable;
using System.Diagnostics;
using LeadEngine.Campaigns;
using LeadEngine.Grains.Telemetry;
using LeadEngine.Leads;
using LeadEngine.Storage;
using LeadEngine.Storage.Telemetry;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Placement;

namespace LeadEngine.Grains.Campaigns;

/// <summary>
/// Gathers what arrives while its last transaction is under way and sends it as one unit. Reentrant, which is safe because it never reads,
/// awaits and writes: who exists, which rank is next and whether the campaign is open are decided in the store, behind the epoch.
/// </summary>
[Reentrant, RandomPlacement, GrainType("campaign")]
internal sealed class CampaignGrain(
    [PersistentState("campaign", StateStorage.Name)] IPersistentState<CampaignRecord> record,
    ILeadStore store,
    IDirectoryStore directory,
    IOptions<EngineOptions> options,
    LeadMetrics metrics) : Grain, ICampaignGrain
{
    private readonly WaitingRoom _waiting = new();
    private Tenure? _tenure;
    private bool _sending;

    private long Id => this.GetPrimaryKeyLong();

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Arrive();

    public async Task<CampaignReply> Create(long accountId, CampaignSettings settings)
    {
        await Arrive();
        if (_tenure is not null && !record.RecordExists) await record.Save(new CampaignRecord { AccountId = accountId, Settings = settings }, DeactivateOnIdle);
        return Describe();
    }

    public async Task<CampaignReply> Get()
    {
        await Arrive();
        return Describe();
    }

    public async Task<CampaignReply> Configure(CampaignSettings known, CampaignSettings next)
    {
        if (record.State.Settings is { } settings)
        {
            if (settings != known) return CampaignReply.Refused(LeadRefusal.AskAgain);
            await record.Save(record.State with { Settings = next }, DeactivateOnIdle);
        }

        return Describe();
    }

    public Task<CampaignReply> SetStatus(CampaignStatus status) => Enter(new WaitingStatus(status));

    public Task<AddReply> Add(NewLead lead) => Enter(new WaitingAdd(record.State.Settings is { Waitlist: true }
        ? lead with { Profile = lead.Profile with { Waitlisted = true } }
        : lead));

    public Task<ImmutableArray<AddedLead>> AddMany(AddLeads command) => throw new NotImplementedException();

    public Task<LeadRefusal?> Remove(LeadRemoval removal) => throw new NotImplementedException();

    public Task<ImmutableArray<Lead>> ListPosted(PostingPlace? after, int limit) =>
        store.ListPosted(Id, record.State.Settings?.PostingStrategy ?? PostingStrategy.AsReceived, after, limit);

    public Task<ImmutableArray<Member>> ListMembers(MemberQuery query) => directory.ListMembers(Id, query);

    public Task<ImmutableArray<MemberCount>> CountMembers() => directory.CountMembers(Id);

    public Task<int> SetMemberStatus(ImmutableArray<long> leadIds, MemberStatus status) => directory.SetMemberStatus(Id, leadIds, status);

    public Task<LeadChangeReply> Score(LeadChange change) => Enter(new WaitingChange(change));

    public Task<Standing> GetStanding(long leadId) => _tenure is { } tenure ? Task.FromResult(tenure.StandingOf(leadId)) : LateStanding(leadId);

    public async Task<LeadPage> List(long afterRank, int limit)
    {
        var leads = await store.List(Id, afterRank, limit);
        return new LeadPage(leads, leads.Length == limit ? leads[^1].Rank : null);
    }

    // A campaign that was not there may come. (To leave instead would send away all who wait, and they are not sent on for ever.)
    private async Task Arrive()
    {
        if (_tenure is null && await store.TakeOver(Id) is { } taken) _tenure ??= new Tenure(taken);
    }

    private async Task<Standing> LateStanding(long leadId)
    {
        await Arrive();
        return _tenure?.StandingOf(leadId) ?? new Standing { LeadCount = 0, Score = default, ScoreRank = 1 };
    }

    private CampaignReply Describe() => _tenure is not null && record.State.Settings is { } settings
        ? CampaignReply.Accepted(new Campaign
        {
            Id = Id,
            AccountId = record.State.AccountId,
            Status = _tenure.Status,
            LeadCount = _tenure.LeadCount,
            Settings = settings,
        })
        : CampaignReply.Refused(LeadRefusal.CampaignNotFound);

    private Task<TReply> Enter<TReply>(Waiting<TReply> item)
    {
        if (_tenure is { } tenure) Enter(item, tenure);
        else _ = EnterLate(item);
        return item.Reply;
    }

    private async Task EnterLate(Waiting item)
    {
        try
        {
            await Arrive();
            if (_tenure is { } tenure) Enter(item, tenure);
            else item.Refuse(LeadRefusal.CampaignNotFound);
        }
        catch (Exception exception)
        {
            item.Fail(exception);
        }
    }

    private void Enter(Waiting item, Tenure tenure)
    {
        if (tenure.IsOver) item.Refuse(LeadRefusal.AskAgain);
        else if (_waiting.Count >= options.Value.MaxWaitingAtCampaign) item.Refuse(LeadRefusal.Busy);
        else
        {
            _waiting.Enter(item);
            if (!_sending) _ = SendWhatWaits(tenure);
        }
    }

    private async Task SendWhatWaits(Tenure tenure)
    {
        _sending = true;
        while (_waiting.Count > 0) await Send(_waiting.Take(options.Value.UnitSize), tenure);
        _sending = false;
    }

    private async Task Send(List<Waiting> taken, Tenure tenure)
    {
        using var span = EngineTelemetry.StartShared("campaign.unit", ActivityKind.Internal, taken, static item => item.Call);
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
        metrics.UnitSent(taken.Count);
        var reply = await store.Commit(unit);
        if (reply.IsFenced)
        {
            metrics.Fenced();
            Refuse(taken, LeadRefusal.AskAgain);
            StepDown(tenure);
            return;
        }

        if (metrics.AreCreatedCounted) metrics.Created(reply.Adds.Count(add => add.Rank > 0));
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

        metrics.Fenced();
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
