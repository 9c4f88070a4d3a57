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
    private Town? _town;

    private Simulation(int seed)
    {
        _world = new World(seed);
        _setup = Setup.Draw(_world.Chance);
        _database = new SimulatedDatabase(_world.Time, _setup.Limits.Store.IdempotencyAge);
        _database.Log.OnAdded = entry => _world.History.Add($"      [{_database.Log.Position - 1}] {entry}");
        _outside = new Outside(_database);
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
        await _cluster.Start();
        _town = Town.Draw(_world.Chance, await MakeCampaigns());
        _outside.Weather = _setup.Weather;

        var havoc = _havoc.Run();
        await InTime(PlayClients(), "The clients' requests did not end.");
        await InTime(Task.WhenAll(_havoc.Stop(), havoc), "The faults did not end.");
        await Settle();
        var last = new Client(0, _world, _cluster, _town, _testimony, _setup.Limits) { Impatience = 0 };
        var epilogue = new Epilogue(_world, _town, _database, last, _testimony);
        await epilogue.Run(_setup.IsCalm ? TimeSpan.Zero : _setup.Limits.LongestIdle + LongestLate);
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

    private async Task PlayClients()
    {
        var clients = Task.WhenAll(Enumerable.Range(1, _setup.Clients)
            .Select(number => NewClient(number).Run(_setup.RequestsPerClient, _setup.Pause)));
        var owners = _setup.HasOwners ? _town!.Campaigns : [];
        await Task.WhenAll([clients, .. owners.Select(campaign => new Owner(campaign, _world, NewClient((int)-campaign)).Run(clients))]);
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

    private void Check() => new PromiseChecker(_database, _testimony, _setup.IsCalm, _cluster.HadDoubles, _setup.Weather.LandsLater > 0).Check();

    internal sealed record Outcome(int Seed, Exception? Failure, History History, Tally Tally);
}
