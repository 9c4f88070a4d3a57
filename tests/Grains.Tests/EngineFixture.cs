using LeadEngine.Accounts;
using LeadEngine.Campaigns;
using LeadEngine.Installation;
using LeadEngine.Leads;
using LeadEngine.People;
using LeadEngine.Silo;
using LeadEngine.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
#if ORLEANS
using Orleans.TestingHost;
#else
using Microsoft.Extensions.Hosting;
#endif

namespace LeadEngine.Grains.Tests;

/// <summary>One engine for all grain tests: embedded, or on an Orleans test cluster. Each test makes a campaign of its own.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("grains-").FullName;
#if ORLEANS
    private InProcessTestCluster? _cluster;

    public IGrainFactory Grains => _cluster!.Client;

    public IServiceProvider Services => _cluster!.GetSiloServiceProvider();
    internal ILeadStore Store => _cluster!.Silos[0].ServiceProvider.GetRequiredService<ILeadStore>();
    internal ILinkStore Links => _cluster!.Silos[0].ServiceProvider.GetRequiredService<ILinkStore>();

    public async Task InitializeAsync()
    {
        var builder = new InProcessTestClusterBuilder(1);
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Services.AddLeadStore(new ConfigurationBuilder().AddInMemoryCollection(Settings()).Build());
            silo.AddLeadGrains();
            silo.Services.AddHostedService<BulkWork>();
        });
        _cluster = builder.Build();
        await _cluster.DeployAsync();
    }

    public async Task DisposeAsync()
    {
        await _cluster!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
#else
    private IHost? _host;

    public IGrainFactory Grains => (IGrainFactory)_host!.Services.GetService(typeof(IGrainFactory))!;

    public IServiceProvider Services => _host!.Services;
    internal ILeadStore Store => _host!.Services.GetRequiredService<ILeadStore>();
    internal ILinkStore Links => _host!.Services.GetRequiredService<ILinkStore>();

    public async Task InitializeAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(Settings());
        builder.AddLeadEngine();
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _host!.StopAsync();
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
#endif

    /// <summary>Makes an account and a campaign.</summary>
    public async Task<TestCampaign> CreateCampaign(CampaignSettings? settings = null) =>
        await CreateCampaign(await Grains.GetGrain<IInstallationGrain>(0).CreateAccount("Test"), settings);

    /// <summary>Makes a further campaign of an account.</summary>
    public async Task<TestCampaign> CreateCampaign(NewAccount account, CampaignSettings? settings = null)
    {
        var reply = await Grains.GetGrain<IAccountGrain>(account.AccountId).CreateCampaign(settings ?? new CampaignSettings { Name = "Test" });
        return new TestCampaign(Grains, reply.Campaign!.Id, account);
    }

    private Dictionary<string, string?> Settings() => new()
    {
        [$"{StoreOptions.Section}:Provider"] = "sqlite",
        [$"{StoreOptions.Section}:ConnectionString"] = $"Data Source={Path.Combine(_folder, "leads.db")}",
    };
}

[CollectionDefinition(Name)]
public sealed class EngineCollection : ICollectionFixture<EngineFixture>
{
    public const string Name = "Engine";
}

/// <summary>A campaign and short ways to ask of it what tests ask most.</summary>
public sealed class TestCampaign(IGrainFactory grains, long id, NewAccount account)
{
    public long Id => id;

    public NewAccount Account => account;

    public ICampaignGrain Grain => grains.GetGrain<ICampaignGrain>(id);

    public IDirectoryGrain Directory => grains.GetGrain<IDirectoryGrain>(account.AccountId);

    public ILeadGrain Lead(long leadId) => grains.GetGrain<ILeadGrain>(leadId);

    /// <summary>A command for one of its leads, under a request of its own.</summary>
    public LeadCommand Order(LeadOrder order) => new() { CampaignId = id, Request = NewRequest(), Order = order };

    private static RequestStamp NewRequest() => new() { Id = Guid.NewGuid(), ReceivedAt = TimeProvider.System.GetUtcNow() };

    /// <summary>Sends an upsert the way a host does: to the grain of its e-mail address, else of its phone number.</summary>
    public Task<LeadReply> Upsert(string? email, string? phone = null, Func<UpsertLead, UpsertLead>? change = null)
    {
        var command = new UpsertLead
        {
            CampaignId = id,
            Request = NewRequest(),
            Email = email,
            Phone = phone,
            Patch = new LeadPatch(),
        };
        command = change?.Invoke(command) ?? command;
        var key = email is null || command.IdentifiedBy is Identification.Phone
            ? new IdentifierKey(id, IdentifierKind.Phone, phone!)
            : new IdentifierKey(id, IdentifierKind.Email, email);
        return grains.GetGrain<IIdentifierGrain>(key.ToString()).Upsert(command);
    }

    public Task<LeadReply> Find(string email) =>
        grains.GetGrain<IIdentifierGrain>(new IdentifierKey(id, IdentifierKind.Email, email).ToString()).Find();

    public Task<LeadReply> FindByPhone(string phone) =>
        grains.GetGrain<IIdentifierGrain>(new IdentifierKey(id, IdentifierKind.Phone, phone).ToString()).Find();

    public async Task<Lead[]> Leads() => [.. (await Grain.List(0, 10_000)).Leads];
}
