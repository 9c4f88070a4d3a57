using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;
using LeadEngine.Simulation.Engine;
using LeadEngine.Simulation.Store;

namespace LeadEngine.Simulation.Clients;

/// <summary>Somebody who asks things of the engine, one after the other, and asks again when the answer stays away.</summary>
internal sealed partial class Client(int number, World world, Cluster cluster, Town town, Testimony testimony, EngineLimits limits)
{
    private static readonly TimeSpan ConnectPause = TimeSpan.FromMilliseconds(50);
    private const int MaxTries = 6;

    // What is held up for longer is no first try any more to the engine, which may forget what it saw.
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(1);

    /// <summary>How often the client does not wait for an answer.</summary>
    public double Impatience { get; init; } = 0.06;

    /// <summary>How often the first try of a request is held up.</summary>
    public double HoldUp { get; init; }

    private Chance Chance => world.Chance;

    public async Task Run(int requests, TimeSpan pause)
    {
        for (var i = 0; i < requests; i++)
        {
            await world.Pause(Chance.About(pause));
            await Act();
        }
    }

    /// <summary>Sends a request until it has an answer that settles it, or the client has had enough.</summary>
    public async Task Send(ClientRequest request)
    {
        testimony.Requests.Add(request);
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var answer = await SendOnce(request, isRepeat: tries > 0);
            town.Learn(answer.Reply?.Lead?.Id);
            var again = answer switch
            {
                { Outcome: Outcome.Unknown } => 0.85,
                { Outcome: Outcome.Running } => 0.9,
                { Refusal: LeadRefusal.Busy } => 0.5,
                // Whoever has a key may use it again, if only to see.
                { Outcome: Outcome.Done } when request.Key is not null => 0.2,
                _ => 0,
            };
            if (!Chance.Happens(again)) return;
            await PauseBeforeRetry();
        }
    }

    public async Task<LeadReply> Find(long campaignId, IdentifierKind kind, string value)
    {
        var asked = new Question(campaignId, kind, value, null, testimony.Begin<LeadReply>());
        return await Ask(asked, host => host.Find(campaignId, kind, value));
    }

    public async Task<LeadReply> Get(long campaignId, long leadId)
    {
        var asked = new Question(campaignId, null, null, leadId, testimony.Begin<LeadReply>());
        return await Ask(asked, host => host.Get(campaignId, leadId));
    }

    public async Task<LeadPage?> List(long campaignId)
    {
        var asked = new Listing(campaignId, testimony.Begin<LeadPage>());
        testimony.Listings.Add(asked);
        var page = await Reach($"list of campaign {campaignId}", host => host.List(campaignId));
        if (page is not null) testimony.End(asked.Try, page);
        return page;
    }

    private Task PauseBeforeRetry() => world.Pause(Chance.UpTo(TimeSpan.FromMilliseconds(Chance.Happens(0.2) ? 5_000 : 200)));

    private Task Act()
    {
        if (Chance.Happens(town.Operations)) return Operate();
        return Chance.Happens(town.Outreach) ? ReachOut() : SignUpOrLook();
    }

    private async Task SignUpOrLook()
    {
        switch (Chance.Between(1, 20))
        {
            case <= 2:
                var (kind, value) = town.DrawIdentifier(Chance);
                await Find(town.DrawCampaign(Chance), kind, value);
                break;
            case 3 or 4:
                await Get(town.DrawCampaign(Chance), town.DrawLead(Chance));
                break;
            case 5 when Chance.Happens(0.5):
                await List(town.DrawCampaign(Chance));
                break;
            default:
                await Send(town.DrawRequest(Chance));
                break;
        }
    }

    private async Task<Answer> SendOnce(ClientRequest request, bool isRepeat)
    {
        var sent = testimony.Begin<Answer>();
        request.Tries.Add(sent);
        var stamp = new RequestStamp { Id = request.Id, ReceivedAt = request.Tries[0].SentAt, IsRepeat = isRepeat };
        var delay = !isRepeat && Chance.Happens(HoldUp) ? Prompt + Chance.UpTo(Prompt * 3) : TimeSpan.Zero;
        var answer = await Reach($"{request}", host => host.Change(request, stamp), delay);
        if (answer is not null) testimony.End(sent, answer);
        return answer ?? Answer.Unknown;
    }

    private async Task<LeadReply> Ask(Question asked, Func<Host, Task<LeadReply?>> ask)
    {
        testimony.Questions.Add(asked);
        var reply = await Reach($"look up {asked}", ask);
        if (reply is not null) testimony.End(asked.Try, reply);
        town.Learn(reply?.Lead?.Id);
        return reply ?? LeadReply.Refused(LeadRefusal.Busy);
    }

    /// <summary>Sends something to any process, and waits for the answer, but not for ever.</summary>
    /// <returns>Null when no answer came.</returns>
    private async Task<T?> Reach<T>(string what, Func<Host, Task<T?>> work, TimeSpan delay = default)
        where T : class
    {
        SimulatedProcess? process;
        while ((process = cluster.Reach()) is null) await world.Pause(ConnectPause);

        world.History.Add($"client {number} to process {process.Number}: {what}");
        if (delay > TimeSpan.Zero) world.History.Add("request held up", $"client {number}: it is held up for {delay.TotalMilliseconds:F3} ms");
        var patience = delay > TimeSpan.Zero || Chance.Happens(Impatience) ? Chance.UpTo(TimeSpan.FromMilliseconds(60)) : limits.Deadline * 1.2;
        try
        {
            var answer = await process.Ask(what, Arrive).WaitAsync(patience, world.Time);
            world.History.Add($"client {number}: {what}: {Tell(answer)}");
            return answer;
        }
        catch (Exception silence) when (silence is ConnectionBrokenException or TimeoutException)
        {
            world.History.Add($"client {number}: {what}: {silence.Message}");
            return null;
        }
        catch (Exception surprise)
        {
            world.History.Add($"client {number}: {what}: {surprise.GetType().Name} {surprise.Message}");
            testimony.Surprises.Add((what, surprise));
            return null;
        }

        async Task<T?> Arrive()
        {
            if (delay > TimeSpan.Zero) await Task.Delay(delay, process.Clock);
            return await work(new Host(process, limits.Deadline));
        }
    }

    private static string? Tell(object? answer) => answer switch
    {
        LeadReply reply => Answer.Text(reply),
        LeadPage page => $"{page.Leads.Length} leads",
        Told<ImmutableArray<AddedLead>> added => string.Join("; ", added.Value.Select(Answer.Of)),
        Told<ImmutableArray<ImportedPerson>> imported => string.Join("; ", imported.Value.Select(one => $"{one.Outcome} person {one.PersonId}")),
        Told<ImmutableArray<Person>> found => $"people {string.Join(' ', found.Value.Select(person => person.Id))}",
        PersonReply { Person: { } person } => Describe.Person(person),
        PeopleDeletion gone => $"{gone.Deleted} deleted, {gone.InTheWay.Length} campaigns in the way, {gone.Refusal}",
        CampaignReply { Campaign: { } campaign } => $"{campaign.Status}, {campaign.LeadCount} leads",
        CampaignReply reply => $"refused: {reply.Refusal}",
        _ => answer?.ToString() ?? "no answer",
    };

    /// <summary>Sets a status, again and again until it is known to be set.</summary>
    public async Task<bool> Rule(long campaignId, CampaignStatus status)
    {
        var ruling = new Ruling(campaignId, status);
        testimony.Rulings.Add(ruling);
        for (var tries = 0; tries < MaxTries; tries++)
        {
            var sent = testimony.Begin<CampaignReply>();
            ruling.Tries.Add(sent);
            var reply = await Reach($"set campaign {campaignId} {status}", host => host.Rule(campaignId, status));
            if (reply is not null) testimony.End(sent, reply);
            if (reply is { Succeeded: true }) return true;
            await world.Pause(Chance.UpTo(TimeSpan.FromMilliseconds(200)));
        }

        return false;
    }
}
