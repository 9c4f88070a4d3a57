using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Grains.Fraud;
using LeadEngine.Grains.Telemetry;
using LeadEngine.Leads;
using LeadEngine.Storage;
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
    ITaskStore tasks,
    IDirectoryStore directory,
    WorkBell bell,
    DisposableDomains disposable,
    IWebhookStore webhooks,
    IOptions<EngineOptions> options,
    LeadMetrics metrics) : Grain, ICampaignGrain, ICampaignDesk
{
    /// <summary>A fraction of a millisecond's work.</summary>
    private const int RescoredAtOnce = 2_000;

    private UnitSender? _sender;
    private Task _saving = Task.CompletedTask;
    private bool _rescoring;
    private FraudRules? _fraud;
    private IpSignups? _ips;

    private long Id => this.GetPrimaryKeyLong();

    long ICampaignDesk.Id => Id;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => Arrive();

    public async Task<CampaignReply> Create(long accountId, CampaignSettings settings)
    {
        await Arrive();
        if (_sender is not null && !record.RecordExists)
        {
            await SaveWithRequests(CampaignIds.Assign(new CampaignRecord { AccountId = accountId }, settings));
        }

        return Describe();
    }

    public async Task<CampaignReply> Get()
    {
        await Arrive();
        return Describe();
    }

    // What is being saved is shown already, so who builds on it waits: two saves from one version cannot both land.
    public async Task<CampaignReply> Configure(long knownRevision, CampaignSettings next)
    {
        while (!_saving.IsCompleted) await Task.WhenAny(_saving);
        if (record.State.Settings is not null)
        {
            if (record.State.Revision != knownRevision) return CampaignReply.Refused(LeadRefusal.AskAgain);
            await (_saving = SaveWithRequests(CampaignIds.Assign(record.State, next) with { Revision = knownRevision + 1 }));
        }

        return Describe();
    }

    public Task<CampaignReply> SetStatus(CampaignStatus status) => Enter(new WaitingStatus(status));

    public Task<AddReply> Add(NewLead lead) => Enter(new WaitingAdd(Prepare(lead)));

    public async Task<ImmutableArray<AddedLead>> AddMany(AddLeads command)
    {
        WaitingAdd[] adds = [.. command.Leads.Select(lead => new WaitingAdd(Prepare(lead)))];
        await EnterTogether(adds);
        return await BulkAnswer.Of(adds, store);
    }

    public Task<LeadRefusal?> Remove(LeadRemoval removal) => Enter(new WaitingRemoval(removal));

    public async Task<QueueReply> Queue(BulkCommand command)
    {
        await Arrive();
        if (_sender is null) return new QueueReply(0, LeadRefusal.CampaignNotFound);
        try
        {
            return await new BulkQueue(store, tasks, bell).Queue(Id, command);
        }
        catch (StoreBusyException)
        {
            return new QueueReply(0, LeadRefusal.Busy);
        }
        catch (StoreOutcomeUnknownException)
        {
            return new QueueReply(0, LeadRefusal.Unknown);
        }
    }

    public async Task<ImmutableArray<Leader>> GetLeaders(int limit)
    {
        await Arrive();
        return _sender is { Tenure: var tenure } ? await Leaderboard.Read(tenure, store, Id, limit) : [];
    }

    public async Task<CampaignStats> GetStats()
    {
        await Arrive();
        return _sender?.Tenure.Stats ?? CampaignStats.Empty;
    }

    public Task<ImmutableArray<Lead>> ListPosted(PostingPlace? after, int limit) =>
        store.ListPosted(Id, record.State.Settings?.PostingStrategy ?? PostingStrategy.AsReceived, after, limit);

    public Task<ImmutableArray<Member>> ListMembers(MemberQuery query) => directory.ListMembers(Id, query);

    public Task<ImmutableArray<MemberCount>> CountMembers() => directory.CountMembers(Id);

    public Task<int> SetMemberStatus(ImmutableArray<long> leadIds, MemberStatus status) => directory.SetMemberStatus(Id, leadIds, status);

    public Task<LeadChangeReply> Score(LeadChange change) => Enter(new WaitingChange(change));

    public Task<Standing> GetStanding(long leadId) =>
        _sender is { Tenure: var tenure } ? Task.FromResult(tenure.StandingOf(leadId)) : LateStanding(leadId);

    public async Task<LeadPage> List(long afterRank, int limit)
    {
        var leads = await store.List(Id, afterRank, limit);
        return new LeadPage(leads, leads.Length == limit ? leads[^1].Rank : null);
    }

    // A campaign that was not there may come. (To leave instead would send away all who wait, and they are not sent on for ever.)
    private async Task Arrive()
    {
        if (_sender is null && await store.TakeOver(Id) is { } taken)
        {
            _sender ??= new UnitSender(new Tenure(taken, Rules), store, options.Value, metrics, this);
        }
    }

    // What it counted is of no use once there is no limit any more: nobody would count on.
    private async Task KnowIps()
    {
        if (SignupsPerIp is null) _ips = null;
        else if (_sender is { Tenure.LeadCount: var leadCount }) await (_ips ??= new IpSignups(store, Id)).GetReady(leadCount);
    }

    private async Task<Standing> LateStanding(long leadId)
    {
        await Arrive();
        return _sender?.Tenure.StandingOf(leadId) ?? new Standing { LeadCount = 0, Score = new(), ContestScore = 0, ScoreRank = 1 };
    }

    public CampaignReply Describe() => _sender is { Tenure: var tenure } && record.State.Settings is { } settings
        ? CampaignReply.Accepted(new Campaign
        {
            Id = Id,
            AccountId = record.State.AccountId,
            Status = tenure.Status,
            LeadCount = tenure.LeadCount,
            Settings = settings,
            Revision = record.State.Revision,
            Rescoring = tenure.Ranking.Rescoring,
        })
        : CampaignReply.Refused(LeadRefusal.CampaignNotFound);

    void ICampaignDesk.Leave() => DeactivateOnIdle();

    private ScoreRules Rules => record.State.Settings is { } settings ? new(settings) : ScoreRules.None;

    private async Task SaveWithRequests(CampaignRecord next)
    {
        var requests = new ProofRequests(webhooks, Id);
        await requests.Begin(next.AccountId, next.Settings!);
        await Save(next);
        await requests.End(next.AccountId, next.Settings!);
    }

    private async Task Save(CampaignRecord next)
    {
        await record.Save(next, DeactivateOnIdle);
        if (_sender is not { Tenure.Ranking: var ranking }) return;
        ranking.Follow(Rules);
        if (!_rescoring) _ = Rescore(ranking);
    }

    // In turns of its own, so that sign-ups go on between them.
    private async Task Rescore(Ranking ranking)
    {
        _rescoring = true;
        while (!ranking.GoOn(RescoredAtOnce)) await Task.Yield();
        _rescoring = false;
    }

    private NewLead Prepare(NewLead lead)
    {
        if (record.State.Settings is not { } settings) return lead;
        if (lead.SkipIpCheck) lead = lead with { Profile = lead.Profile with { CountedIp = "" } };
        if (settings.Waitlist) lead = lead with { Profile = lead.Profile with { Waitlisted = true } };
        if (_fraud?.Settings != settings.Fraud) _fraud = new FraudRules(settings.Fraud, disposable);
        return _fraud.Check(lead);
    }

    private int? SignupsPerIp => record.State.Settings?.Fraud.SignupsPerIp;

    void ICampaignDesk.Check(IReadOnlyList<WaitingAdd> adds)
    {
        if (SignupsPerIp is { } limit) _ips?.Flag(adds, limit);
    }

    void ICampaignDesk.Note(CampaignUnit unit, UnitReply reply) => _ips?.Count(unit, reply);

    private Task<TReply> Enter<TReply>(Waiting<TReply> item)
    {
        if (_sender is { } sender && (SignupsPerIp is null || _ips is { IsReady: true })) sender.Enter(item);
        else _ = EnterTogether(item);
        return item.Reply;
    }

    /// <summary>Whatever goes wrong, those who enter are told.</summary>
    private async Task EnterTogether(params Waiting[] items)
    {
        try
        {
            await Arrive();
            await KnowIps();
            if (_sender is { } sender) sender.EnterTogether(items);
            else foreach (var item in items) item.Refuse(LeadRefusal.CampaignNotFound);
        }
        catch (Exception exception)
        {
            foreach (var item in items) item.Fail(exception);
        }
    }
}
