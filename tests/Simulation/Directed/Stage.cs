using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Engine;
using LeadEngine.Simulation.Store;
using LeadEngine.Storage;

namespace LeadEngine.Simulation.Directed;

/// <summary>One process with one campaign, for a history that is written down: which call to the database fares how, and when.</summary>
internal sealed class Stage
{
    public const long CampaignId = 1;

    private readonly SimulatedProcess _process;
    private int _requests;

    /// <param name="limits">The limits of the grains; null for the defaults.</param>
    /// <param name="webhooks">How those fare whom events are told; null for nobody.</param>
    public Stage(Grains.EngineOptions? limits = null, WebhookPlan? webhooks = null)
    {
        World = new World(1);
        Database = new SimulatedDatabase(World.Time, TimeSpan.FromDays(1));
        Outside = new Outside(Database)
        {
            Weather = new Weather { Latency = TimeSpan.FromMilliseconds(50) },
            Receiver = webhooks is null ? null : new Receiver(World, webhooks),
        };
        _process = new SimulatedProcess(1, World, Outside, new EngineLimits { Store = new StoreOptions(), Engine = limits ?? new() });
    }

    public World World { get; }

    public SimulatedDatabase Database { get; }

    public Outside Outside { get; }

    public ICampaignGrain Campaign => Get<ICampaignGrain>(CampaignId);

    public GrainRuntime Runtime => _process.Runtime;

    /// <summary>The leads in the database, in order of rank.</summary>
    public Lead[] Leads => [.. Database.List(CampaignId, 0, 100)];

    public void Play(Func<Task> history) => World.Scheduler.Run(async () =>
    {
        await _process.Start();
        Database.CreateCampaign(CampaignId, 1);
        await Ask(() => Campaign.Create(1, new CampaignSettings { Name = "Stage" }));
        await history();
    });

    /// <summary>The next calls to the database whose description begins so fare so, one after the other.</summary>
    public void Script(string beginning, params CallFate[] fates)
    {
        var left = new Queue<CallFate>(fates);
        Outside.Script = what => what.StartsWith(beginning, StringComparison.Ordinal) && left.TryDequeue(out var fate) ? fate : null;
    }

    public Task Pause(int milliseconds) => World.Pause(TimeSpan.FromMilliseconds(milliseconds));

    public Task<T> Ask<T>(Func<Task<T>> work) => _process.Ask("", work);

    public UpsertLead Command(string? email, string? phone = null) => new()
    {
        CampaignId = CampaignId,
        Request = new RequestStamp { Id = RequestIds.Of(++_requests), ReceivedAt = World.Time.GetUtcNow() },
        Email = email,
        Phone = phone,
        Patch = new LeadPatch(),
    };

    public Task<LeadReply> Upsert(string? email, string? phone = null) => Send(Command(email, phone));

    public Task<LeadReply> Send(UpsertLead command)
    {
        var key = command.Email is { } email
            ? new IdentifierKey(CampaignId, IdentifierKind.Email, email)
            : new IdentifierKey(CampaignId, IdentifierKind.Phone, command.Phone!);
        return Ask(() => _process.Runtime.GetGrain<IIdentifierGrain>(key.ToString()).Upsert(command));
    }

    public Task<LeadReply> Update(long leadId, UpsertLead command) => Ask(() => Get<ILeadGrain>(leadId).Update(command));

    public LeadCommand Command(LeadOrder order, long? taskId = null) => new()
    {
        CampaignId = CampaignId,
        Request = new RequestStamp { Id = RequestIds.Of(++_requests), ReceivedAt = World.Time.GetUtcNow() },
        Order = order,
        TaskId = taskId,
    };

    /// <summary>Has something done with the first lead.</summary>
    public Task<LeadReply> Apply(LeadOrder order) => Apply(Command(order));

    public Task<LeadReply> Apply(LeadCommand command) => Ask(() => Get<ILeadGrain>(1).Apply(command));

    public async Task<LeadReply> UpsertAfter(int milliseconds, string email)
    {
        await Pause(milliseconds);
        return await Upsert(email);
    }

    /// <summary>What another host, which has the campaign now, commits for somebody new.</summary>
    public static WriteBatch Adding(string email, SimulatedDatabase database)
    {
        var tenure = database.TakeOver(CampaignId)!;
        var unit = new CampaignUnit
        {
            CampaignId = CampaignId,
            AccountId = tenure.AccountId,
            Epoch = tenure.Epoch,
            Adds = [new NewLead { Request = new RequestStamp { Id = RequestIds.Of(99), ReceivedAt = default }, Email = email, Profile = new LeadProfile() }],
        };
        return new WriteBatch([unit], [], [], default);
    }

    public static UpsertLead Repeat(UpsertLead command) => command with { Request = command.Request with { IsRepeat = true } };

    public static LeadCommand Repeat(LeadCommand command) => command with { Request = command.Request with { IsRepeat = true } };

    public T Get<T>(long id)
        where T : IGrainWithIntegerKey => _process.Runtime.GetGrain<T>(id);
}
