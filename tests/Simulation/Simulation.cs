using LeadEngine.Accounts;
using LeadEngine.Campaigns;
using LeadEngine.Simulation.Clients;
using LeadEngine.Simulation.Engine;
using LeadEngine.Simulation.Promises;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation;

/// <summary>One history of the whole engine, drawn from a seed, on one thread and in virtual time.</summary>
internal sealed class Simulation
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LongestLate = TimeSpan.FromSeconds(5);

    private readonly World _world;
    private readonly Setup _setup;
    private readonly SimulatedDatabase _database;
    private readonly Outside _outside;
    private readonly Cluster _cluster;
    private readonly Havoc _havoc;
    private readonly Testimony _testimony;
    private readonly Receiver? _receiver;
    private readonly List<Subscriber> _subscribers = [];
    private Town? _town;

    private Simulation(int seed)
    {
        _world = new World(seed);
        _setup = Setup.Draw(_world.Chance);
        _database = new SimulatedDatabase(_world.Time, _setup.Limits.Store.IdempotencyAge);
        _database.Log.OnAdded = entry => _world.History.Add($"      [{_database.Log.Position - 1}] {entry}");
        if (WebhookPlan.Draw(seed) is { } webhooks) _receiver = new Receiver(_world, webhooks);
        _outside = new Outside(_database) { Receiver = _receiver };
        _cluster = new Cluster(_world, _outside, _setup.Limits);
        _havoc = new Havoc(_world, _cluster, _outside, _setup.Havoc);
        _testimony = new Testimony(_database.Log, _world.Time);
    }

    /// <summary>Plays the history of a seed and checks the promises.</summary>
    public static Outcome Run(int seed)
    {
        var simulation = new Simulation(seed);
        try
        {
            simulation._world.Scheduler.Run(simulation.Play);
            simulation.Check();
            return simulation.End(seed, null);
        }
        catch (Exception failure)
        {
            return simulation.End(seed, failure);
        }
    }

    private Outcome End(int seed, Exception? failure) =>
        new(seed, failure, _world.History, Tally.Of(_testimony, _database.Log, _world.History.Faults));

    private async Task Play()
    {
        _world.History.Add($"{_setup}");
        if (_receiver is not null) _world.History.Add($"{_receiver.Plan}");
        await _cluster.Start();
        _town = Town.Draw(_world.Chance, await MakeCampaigns());
        if (_receiver is not null) await Subscribe(_receiver.Plan);
        _outside.Weather = _setup.Weather;

        var havoc = _havoc.Run();
        await InTime(PlayClients(), "The clients' requests did not end.");
        await InTime(Task.WhenAll(_havoc.Stop(), havoc), "The faults did not end.");
        _receiver?.Recover();
        await Settle();
        var last = new Client(0, _world, _cluster, _town, _testimony, _setup.Limits) { Impatience = 0 };
        var epilogue = new Epilogue(_world, _town, _database, last, _testimony, _receiver);
        await epilogue.Run(_setup.IsCalm ? TimeSpan.Zero : _setup.Limits.LongestIdle + LongestLate);
        if (_receiver is not null) await new DeliveryEpilogue(_world, _database, _receiver.Plan, _setup.Limits.AreWide).Run();
    }

    private async Task<long[]> MakeCampaigns()
    {
        List<long> campaigns = [];
        for (var i = 0; i < _setup.Campaigns; i++)
        {
            var id = _database.NextId();
            _database.CreateCampaign(id, Town.AccountOf(id));
            var settings = Town.DrawSettings(_world.Chance, id);
            _testimony.Settings.Add(id, settings);
            var reply = await _cluster.Alive[0].Ask("create", () => _cluster.Alive[0].Runtime.GetGrain<ICampaignGrain>(id).Create(Town.AccountOf(id), settings));
            if (!reply.Succeeded) throw new BrokenPromiseException($"Campaign {id} was not made: {reply.Refusal}.");
            campaigns.Add(id);
        }

        return [.. campaigns];
    }

    /// <summary>Before anything goes wrong, accounts have webhooks.</summary>
    private async Task Subscribe(WebhookPlan plan)
    {
        var process = _cluster.Alive[0];
        foreach (var account in _town!.Accounts)
        {
            await process.Ask("create", () => process.Runtime.GetGrain<IAccountGrain>(account).Create($"Account {account}"));
            var subscriber = new Subscriber(account, _world, NewClient(-100 - (int)account), _town, plan);
            for (var i = 0; i < plan.Subscriptions; i++) await subscriber.Add();
            _subscribers.Add(subscriber);
        }
    }

    private async Task PlayClients()
    {
        var clients = Task.WhenAll(Enumerable.Range(1, _setup.Clients)
            .Select(number => NewClient(number).Run(_setup.RequestsPerClient, _setup.Pause)));
        var owners = _setup.HasOwners ? _town!.Campaigns : [];
        var subscribers = _receiver?.Plan.HasOwners is true ? _subscribers : [];
        await Task.WhenAll([
            clients,
            .. owners.Select(campaign => new Owner(campaign, _world, NewClient((int)-campaign)).Run(clients)),
            .. subscribers.Select(subscriber => subscriber.Run(clients)),
        ]);
    }

    private Client NewClient(int number) => new(number, _world, _cluster, _town!, _testimony, _setup.Limits) { HoldUp = _setup.HoldUp };

    /// <summary>Whatever the process that is left was asked, it answers.</summary>
    private async Task Settle()
    {
        var start = _world.Time.GetTimestamp();
        while (_cluster.Alive.SelectMany(process => process.Unanswered).ToList() is [var first, ..] unanswered)
        {
            if (_world.Time.GetElapsedTime(start) > LongEnough)
                throw new BrokenPromiseException($"{unanswered.Count} requests are never answered; one is {first}");
            await _world.Pause(TimeSpan.FromMilliseconds(100));
        }
    }

    private async Task InTime(Task work, string otherwise)
    {
        try
        {
            await work.WaitAsync(LongEnough * 6, _world.Time);
        }
        catch (TimeoutException late)
        {
            throw new BrokenPromiseException(otherwise, late);
        }
    }

    private void Check()
    {
        new PromiseChecker(_database, _testimony, _setup.IsCalm, _cluster.HadDoubles, _setup.Weather.LandsLater > 0).Check();
        if (_receiver is not null) new WebhookChecker(_database, _testimony, _receiver, _setup.IsCalm).Check();
    }

    internal sealed record Outcome(int Seed, Exception? Failure, History History, Tally Tally);
}
