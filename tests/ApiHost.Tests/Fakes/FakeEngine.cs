using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using LeadEngine.Accounts;
using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.Installation;
using LeadEngine.Leads;
using LeadEngine.Links;
using LeadEngine.People;
using LeadEngine.Verification;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Tests.Fakes;

/// <summary>An engine that answers what a test tells it to, for what no real one does on demand.</summary>
internal sealed class FakeEngine
{
    public FakeEngine() => Grains = FakeGrainFactory.Over(this);

    public IGrainFactory Grains { get; }

    public Func<UpsertLead, Task<LeadReply>> OnUpsert { get; set; } = _ => Task.FromResult(LeadReply.Accepted(Samples.Lead, Samples.Standing));

    public Func<LeadCommand, Task<LeadReply>> OnApply { get; set; } = _ => Task.FromResult(LeadReply.Accepted(Samples.Lead, Samples.Standing));

    public Func<BulkCommand, Task<QueueReply>> OnQueue { get; set; } =
        command => Task.FromResult(new QueueReply(command.Identifiers.Length + command.LeadIds.Length, null));

    public Func<int, Task<ImmutableArray<Leader>>> OnGetLeaders { get; set; } =
        _ => Task.FromResult<ImmutableArray<Leader>>([new Leader(Samples.Lead, 3, 1)]);

    public Func<Task<CampaignStats>> OnGetStats { get; set; } = () => Task.FromResult(Samples.Stats);

    public Func<Task<LeadReply>> OnRead { get; set; } = () => Task.FromResult(LeadReply.Accepted(Samples.Lead, Samples.Standing));

    public Func<Task<CampaignReply>> OnGetCampaign { get; set; } = () => Task.FromResult(CampaignReply.Accepted(Samples.Campaign));

    public Func<CampaignStatus, Task<CampaignReply>> OnSetStatus { get; set; } =
        status => Task.FromResult(CampaignReply.Accepted(Samples.Campaign with { Status = status }));

    public Func<string, Task<KeyGrant?>> OnAuthenticate { get; set; } = _ => Task.FromResult<KeyGrant?>(new KeyGrant(Samples.AccountId, null));

    public Func<ImmutableArray<DoNotContact>, Task<int>> OnAddDoNotContact { get; set; } = entries => Task.FromResult(entries.Length);

    public Func<Task<string?>> OnFollow { get; set; } = () => Task.FromResult<string?>("https://example.com/");

    public Func<Task<ImmutableArray<byte>>> OnSecret { get; set; } = () => Task.FromResult<ImmutableArray<byte>>([.. new byte[32]]);

    public Func<AddLeads, Task<ImmutableArray<AddedLead>>> OnAddMany { get; set; } =
        command => Task.FromResult<ImmutableArray<AddedLead>>([.. command.Leads.Select((_, place) => new AddedLead(place + 1, true, null))]);

    public Func<PeopleQuery, Task<ImmutableArray<Person>>> OnListPeople { get; set; } = _ => Task.FromResult<ImmutableArray<Person>>([]);

    public Func<ImmutableArray<long>, Task<PeopleDeletion>> OnDeletePeople { get; set; } =
        ids => Task.FromResult(new PeopleDeletion { Deleted = ids.Length });

    public Func<Task<PersonReply>> OnAddPerson { get; set; } = () => throw new NotSupportedException();

    public Func<long, bool> OnMayMail { get; set; } = _ => true;

    public Func<long, string?> OnIssueCode { get; set; } = _ => "123456";

    public Func<string, Task<bool>> OnCheckCode { get; set; } = code => Task.FromResult(code == "123456");

    public Func<Task<BeginReply>> OnBegin { get; set; } = () => Task.FromResult(new BeginReply { Outcome = BeginOutcome.Run });

    public Func<StoredAnswer, Task<bool>> OnComplete { get; set; } = _ => Task.FromResult(true);

    /// <summary>The answers that were kept under idempotency keys.</summary>
    public List<StoredAnswer> Completed { get; } = [];

    /// <summary>How many requests under idempotency keys were given up.</summary>
    public int Abandoned { get; set; }

    /// <summary>The commands that arrived.</summary>
    public List<UpsertLead> Upserts { get; } = [];

    /// <summary>The commands about leads that are there.</summary>
    public List<LeadCommand> Applied { get; } = [];

    /// <summary>The commands for many leads.</summary>
    public List<BulkCommand> Queued { get; } = [];

    /// <summary>The webhooks that were added, and are there.</summary>
    public List<Subscription> Webhooks { get; } = [];

    /// <summary>The leads that were to be added together.</summary>
    public List<AddLeads> Added { get; } = [];

    /// <summary>The keys of the idempotency grains that were asked.</summary>
    public List<string> IdempotencyKeys { get; } = [];

    /// <summary>How often a campaign's settings were asked for.</summary>
    public int CampaignReads { get; set; }

    /// <summary>How often a key was checked.</summary>
    public int Authentications { get; set; }

    public object GrainFor(Type face, object key)
    {
        if (face == typeof(IIdempotencyGrain)) IdempotencyKeys.Add((string)key);
        return Array.Find<object>(
            [
                new FakeIdentifier(this), new FakeLead(this), new FakeCampaign(this), new FakeAccount(this),
                new FakeInstallation(this), new FakeIdempotency(this), new FakeLink(this), new FakeVerification(this), new FakeWebhooks(this),
                FakeDirectory.Over(this),
            ],
            face.IsInstanceOfType)!;
    }

    private async Task<LeadReply> Upsert(UpsertLead command)
    {
        lock (Upserts) Upserts.Add(command);
        return await OnUpsert(command);
    }

    private sealed class FakeIdentifier(FakeEngine engine) : IIdentifierGrain
    {
        public Task<LeadReply> Upsert(UpsertLead command) => engine.Upsert(command);

        public async Task<LeadReply> Find() => await engine.OnRead();
    }

    private sealed class FakeLead(FakeEngine engine) : ILeadGrain
    {
        public Task<LeadReply> Update(UpsertLead command) => engine.Upsert(command);

        public async Task<LeadReply> Apply(LeadCommand command)
        {
            lock (engine.Applied) engine.Applied.Add(command);
            return await engine.OnApply(command);
        }

        public Task<LeadRefusal?> Remove(long campaignId, bool leaveMember) => throw new NotSupportedException();

        public async Task<LeadReply> Get(long campaignId) => await engine.OnRead();
    }

    private sealed class FakeCampaign(FakeEngine engine) : ICampaignGrain
    {
        public Task<CampaignReply> Create(long accountId, CampaignSettings settings) => throw new NotSupportedException();

        public async Task<CampaignReply> Get()
        {
            engine.CampaignReads++;
            return await engine.OnGetCampaign();
        }

        public Task<CampaignReply> Configure(long knownRevision, CampaignSettings next) =>
            Task.FromResult(CampaignReply.Accepted(Samples.Campaign with { Settings = next }));

        public Task<CampaignReply> SetStatus(CampaignStatus status) => engine.OnSetStatus(status);

        public Task<AddReply> Add(NewLead lead) => throw new NotSupportedException();

        public async Task<ImmutableArray<AddedLead>> AddMany(AddLeads command)
        {
            lock (engine.Added) engine.Added.Add(command);
            return await engine.OnAddMany(command);
        }

        public Task<LeadRefusal?> Remove(LeadRemoval removal) => throw new NotSupportedException();

        public Task<LeadChangeReply> Score(LeadChange change) => throw new NotSupportedException();

        public Task<Standing> GetStanding(long leadId) => throw new NotSupportedException();

        public async Task<QueueReply> Queue(BulkCommand command)
        {
            lock (engine.Queued) engine.Queued.Add(command);
            return await engine.OnQueue(command);
        }

        public Task<ImmutableArray<Leader>> GetLeaders(int limit) => engine.OnGetLeaders(limit);

        public Task<CampaignStats> GetStats() => engine.OnGetStats();

        public Task<LeadPage> List(long afterRank, int limit) => Task.FromResult(new LeadPage([Samples.Lead], null));

        public Task<ImmutableArray<Lead>> ListPosted(PostingPlace? after, int limit) => Task.FromResult<ImmutableArray<Lead>>([Samples.Lead]);

        public Task<ImmutableArray<Member>> ListMembers(MemberQuery query) => Task.FromResult<ImmutableArray<Member>>([]);

        public Task<ImmutableArray<MemberCount>> CountMembers() => throw new NotSupportedException();

        public Task<int> SetMemberStatus(ImmutableArray<long> leadIds, MemberStatus status) => throw new NotSupportedException();
    }

    private sealed class FakeAccount(FakeEngine engine) : IAccountGrain
    {
        public Task<AccountReply> Create(string name) => throw new NotSupportedException();

        public Task<CampaignReply> CreateCampaign(CampaignSettings settings) =>
            Task.FromResult(CampaignReply.Accepted(Samples.Campaign with { Settings = settings }));

        public Task<AccountReply> CreateKey(string label, long? campaignId) => throw new NotSupportedException();

        public Task<string?> GetName() => throw new NotSupportedException();

        public Task<Account?> Get() => Task.FromResult<Account?>(new Account { Id = Samples.AccountId, Name = "Example Co" });

        public Task<AccountRefusal?> SetRequestsPerMinute(int? count) => throw new NotSupportedException();

        public Task<ImmutableArray<long>> ListCampaigns() => Task.FromResult<ImmutableArray<long>>([Samples.CampaignId]);

        public async Task<KeyGrant?> Authenticate(string apiKey)
        {
            engine.Authentications++;
            return await engine.OnAuthenticate(apiKey);
        }
    }

    private sealed class FakeInstallation(FakeEngine engine) : IInstallationGrain
    {
        public Task<NewAccount> CreateAccount(string name) => throw new NotSupportedException();

        public Task<NewUser> CreateUser(string name, ImmutableArray<long> accountIds) => throw new NotSupportedException();

        public Task<DemoCampaign?> CreateDemo() => Task.FromResult<DemoCampaign?>(null);

        public async Task<ImmutableArray<byte>> Secret(string name) => await engine.OnSecret();
    }

    private sealed class FakeLink(FakeEngine engine) : ILinkGrain
    {
        public Task<string?> Follow() => engine.OnFollow();

        public async Task<FollowedLink?> Get() =>
            await engine.OnFollow() is { } url ? new FollowedLink(url, Samples.CampaignId, Samples.LeadId, 0) : null;
    }

    private sealed class FakeWebhooks(FakeEngine engine) : IWebhookGrain
    {
        public Task<Subscription?> Add(Subscription subscription)
        {
            engine.Webhooks.Add(subscription with { Id = engine.Webhooks.Count + 1 });
            return Task.FromResult<Subscription?>(engine.Webhooks[^1]);
        }

        public Task<Subscription?> Change(Subscription subscription)
        {
            var place = engine.Webhooks.FindIndex(webhook => webhook.Id == subscription.Id);
            return Task.FromResult(place < 0 ? null : engine.Webhooks[place] = subscription);
        }

        public Task<bool> Remove(long subscriptionId) =>
            Task.FromResult(engine.Webhooks.RemoveAll(webhook => webhook.Id == subscriptionId) > 0);

        public Task<ImmutableArray<Subscription>> List() => Task.FromResult<ImmutableArray<Subscription>>([.. engine.Webhooks]);

        public Task<ImmutableArray<LoggedAttempt>> ListLog(long leadId, int limit) => throw new NotSupportedException();

        public Task<ImmutableArray<DeadLetter>> ListDead(long subscriptionId, long afterDeliveryId, int limit) =>
            throw new NotSupportedException();

        public Task<int> Replay(long subscriptionId, ImmutableArray<long> deliveryIds) => throw new NotSupportedException();
    }

    private sealed class FakeVerification(FakeEngine engine) : IVerificationGrain
    {
        public Task<bool> MayMail(long deliveryId) => Task.FromResult(engine.OnMayMail(deliveryId));

        public Task<string?> IssueCode(long deliveryId) => Task.FromResult(engine.OnIssueCode(deliveryId));

        public Task<bool> Check(string code) => engine.OnCheckCode(code);
    }

    /// <summary>Nothing is ever due.</summary>
    private sealed class FakeDeliveries : IDeliveryGrain
    {
        public Task<ImmutableArray<Delivery>> Take(TakeDeliveries wish) => Task.FromResult(ImmutableArray<Delivery>.Empty);

        public Task Settle(ImmutableArray<Attempt> attempts) => throw new NotSupportedException();

        public Task Disable(long subscriptionId, string reason) => throw new NotSupportedException();
    }

    private sealed class FakeIdempotency(FakeEngine engine) : IIdempotencyGrain
    {
        public async Task<BeginReply> Begin(string fingerprint) => await engine.OnBegin();

        public async Task<bool> Complete(StoredAnswer answer)
        {
            engine.Completed.Add(answer);
            return await engine.OnComplete(answer);
        }

        public Task Abandon()
        {
            engine.Abandoned++;
            return Task.CompletedTask;
        }
    }
}

/// <summary>The directory, of which no test needs all.</summary>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it.")]
internal class FakeDirectory : DispatchProxy
{
    private FakeEngine? _engine;

    public static IDirectoryGrain Over(FakeEngine engine)
    {
        var directory = Create<IDirectoryGrain, FakeDirectory>();
        ((FakeDirectory)directory)._engine = engine;
        return directory;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod!.Name switch
    {
        nameof(IDirectoryGrain.AddDoNotContact) => _engine!.OnAddDoNotContact((ImmutableArray<DoNotContact>)args![0]!),
        nameof(IDirectoryGrain.Add) => _engine!.OnAddPerson(),
        nameof(IDirectoryGrain.List) => _engine!.OnListPeople((PeopleQuery)args![0]!),
        nameof(IDirectoryGrain.Get) => _engine!.OnListPeople(new PeopleQuery { Filter = new() { Ids = (ImmutableArray<long>)args![0]! }, Limit = 1 }),
        nameof(IDirectoryGrain.Delete) => _engine!.OnDeletePeople((ImmutableArray<long>)args![0]!),
        nameof(IDirectoryGrain.FindDoNotContact) => Task.FromResult<ImmutableArray<string>>([]),
        _ => throw new NotSupportedException(),
    };
}

/// <summary>
/// Makes the references that a <see cref="FakeEngine"/> stands behind; the interface has more members than any test needs.
/// </summary>
[SuppressMessage("Performance", "CA1852", Justification = "DispatchProxy derives from it.")]
internal class FakeGrainFactory : DispatchProxy
{
    private FakeEngine? _engine;

    public static IGrainFactory Over(FakeEngine engine)
    {
        var factory = Create<IGrainFactory, FakeGrainFactory>();
        ((FakeGrainFactory)factory)._engine = engine;
        return factory;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        _engine!.GrainFor(targetMethod!.GetGenericArguments()[0], args![0]!);
}
