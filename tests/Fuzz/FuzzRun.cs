using LeadEngine.Fuzz.Api;
using LeadEngine.Fuzz.Clients;
using LeadEngine.Fuzz.Promises;
using LeadEngine.Fuzz.Requests;
using LeadEngine.Fuzz.Wire;
using LeadEngine.TestSupport;

namespace LeadEngine.Fuzz;

/// <summary>Plays the requests of a seed to an engine, and looks at the engine when they are over.</summary>
internal sealed class FuzzRun
{
    private const int Rounds = 3;
    private const int EnoughToReachAll = 5_000;
    private const long MaxMemory = 1L << 30;

    private readonly EngineProcess _engine;
    private readonly FuzzOptions _options;
    private readonly Report _report;
    private readonly Ledger _ledger = new();
    private readonly IReadOnlyList<Account> _accounts;
    private readonly OperationPool _operations;
    private readonly DraftMaker _drafts;

    private FuzzRun(EngineProcess engine, FuzzOptions options, IReadOnlyList<Account> accounts, IReadOnlyList<ApiOperation> described)
    {
        (_engine, _options, _report, _accounts) = (engine, options, new Report(options), accounts);
        _operations = new OperationPool(described);
        _drafts = new DraftMaker(options.Seed, _operations, accounts);
    }

    /// <summary>Runs against an engine of its own.</summary>
    public static async Task<Report> Run(FuzzOptions options)
    {
        await using var server = options.Store == "postgres" ? await PostgresServer.Start() : null;
        await using var receiver = Receiver.Start(options.Seed);
        await using var engine = new EngineProcess(
            options.Store,
            server is null ? null : await server.CreateDatabase(),
            ("Webhooks__AllowedHosts__0", Receiver.Host),
            ("Texts__Url", $"{receiver.Address}/texts"));
        await engine.Start();
        var run = new FuzzRun(engine, options, await Fixture.Make(engine.Client, receiver.Address), await ApiDescription.Read(engine.Client));
        await run.Play();
        run._report.Deliveries = receiver.Answered;
        return run._report;
    }

    private async Task Play()
    {
        var known = await LookAround();
        if (_options.Only is { } only) await Replay(only, known);
        else await Task.WhenAll(Enumerable.Range(1, _options.Clients).Select(first => Play(first, known.Copy())));
        await Check("afterwards");
        _report.Memory = _engine.Memory;
        if (_report.Memory > MaxMemory) _report.Add($"The engine holds {_report.Memory >> 20} MiB.");
        CheckLog(await _engine.Kill());
        await _engine.Start();
        await Check("after a restart");
        if (_options is { Only: null, Requests: >= EnoughToReachAll }) CheckReach();
    }

    /// <summary>Asks for everything once in its right mind, so that all clients know some real ids.</summary>
    private async Task<Memory> LookAround()
    {
        using var client = NewClient(new Memory());
        var number = 0;
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var operation in _operations.Described)
            {
                if (operation.TakesAway) continue;
                foreach (var account in _accounts) await client.Send(_drafts.MakePlain(--number, operation, account, client.Memory));
            }
        }

        return client.Memory;
    }

    private async Task Play(int first, Memory memory)
    {
        using var client = NewClient(memory);
        for (var number = first; number <= _options.Requests; number += _options.Clients) await client.Send(_drafts.Make(number, memory));
    }

    // What a request is made of was learned from those of its client that were not spoiled.
    private async Task Replay(int only, Memory memory)
    {
        using var client = NewClient(memory);
        for (var number = 1 + ((only - 1) % _options.Clients); number < only; number += _options.Clients)
        {
            if (_drafts.Make(number, memory) is { IsPlain: true } draft) await client.Send(draft);
        }

        var replayed = _drafts.Make(only, memory);
        var outcome = await client.Send(replayed);
        Console.WriteLine($"{replayed.Operation}, mutations: {string.Join(", ", replayed.Mutations)}");
        Console.WriteLine($"sent:\n{Printable.Of(DraftWriter.Write(replayed).Bytes)}");
        Console.WriteLine($"answered in {outcome.Took.TotalMilliseconds:N0} ms:\n{string.Join("\n", outcome.Answers)}");
    }

    private Client NewClient(Memory memory) => new(_engine.Port, memory, _ledger, _report);

    private async Task Check(string when)
    {
        try
        {
            foreach (var wrong in await new Aftermath(_engine.Client, _ledger, _accounts).Check()) _report.Add($"{when}: {wrong}");
        }
        catch (Exception silence) when (silence is HttpRequestException or TaskCanceledException)
        {
            _report.Add($"{when}: The engine does not answer: {silence.Message}");
        }
    }

    private void CheckLog(string log)
    {
        foreach (var wrong in LogChecks.Of(log, _accounts)) _report.Add(wrong);
    }

    private void CheckReach()
    {
        var never = _report.NeverReached(_operations.Described).Except(OutOfReach.Why.Keys);
        foreach (var operation in never) _report.Add($"No request got through to {operation}.");
        var gone = OutOfReach.Why.Keys.Except(_operations.Described.Select(operation => operation.ToString()));
        foreach (var operation in gone) _report.Add($"There is no {operation} to be out of reach.");
    }
}
