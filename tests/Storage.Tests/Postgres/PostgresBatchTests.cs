using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage.Tests.Contract;
using LeadEngine.TestSupport;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace LeadEngine.Storage.Tests.Postgres;

/// <summary>Batches of many parts, whose rows must find their way back to the right one.</summary>
public sealed class PostgresBatchTests() : StoreContract(new PostgresTestDatabase())
{
    [PostgresFact]
    public async Task Commit_KeysOfManyChanges_AreSpentForTheirOwnLead()
    {
        var stored = await Add(await NewUnit(), [.. Enumerable.Range(0, 4).Select(i => Make.Person($"{i}@x.org"))]);
        await Write(Make.Change(stored[2]));
        int[] keys = [2, 0, 1, 3];
        var changes = stored.Select((lead, i) => Make.Change(lead) with
        {
            Idempotency = [.. Enumerable.Range(0, keys[i]).Select(key => new IdempotencyClaim($"{i}.{key}", $"print {i}.{key}"))],
        });

        await Driver.Commit(Make.Batch() with { Changes = [.. changes] }, default);

        foreach (var (lead, key) in new[] { (0, 0), (0, 1), (3, 0), (3, 1), (3, 2) })
        {
            var answer = await Driver.ReadAnswer($"{lead}.{key}", Make.Noon, default);
            Assert.Equal((stored[lead].Lead.Id, $"print {lead}.{key}"), (answer!.LeadId, answer.Fingerprint));
        }
        Assert.Null(await Driver.ReadAnswer("2.0", Make.Noon, default));
    }

    [PostgresFact]
    public async Task Commit_SeveralUnitsWithAllThatLeadsBring_EachGetsItsOwn()
    {
        CampaignUnit[] units = [await NewUnit(), await NewUnit(), await NewUnit()];
        var parents = new List<long>();
        foreach (var unit in units) parents.Add((await Add(unit, Make.Person("parent@x.org", "+15551230000"))).Single().Lead.Id);
        await SetStatus(units[1], CampaignStatus.Ended);
        var filled = units.Select((unit, i) => unit with
        {
            Adds =
            [
                Make.Person(phone: "+15551230000", claim: new($"exists {i}", "f")),
                Make.Person("a@x.org", referrer: parents[i], points: i + 1, claim: new($"new {i}", "f")),
                Make.Person(phone: "+15551230001", referrer: parents[(i + 1) % 3]),
            ],
        });

        var reply = await Driver.Commit(Make.Batch() with { Units = [.. filled.Reverse()] }, default);

        foreach (var i in new[] { 0, 2 })
        {
            var (adds, scores) = (reply.Units[2 - i].Adds, reply.Units[2 - i].Scores);
            Assert.Equal(parents[i], adds[0].LeadId);
            Assert.Equal([0L, 2, 3], adds.Select(added => added.Rank));
            Assert.Equal([null, parents[i], null], adds.Select(added => added.ParentId));
            Assert.Equal(3, reply.Units[2 - i].LeadCount);
            Assert.Equal(
                [
                    new ScoreRow(parents[i], new() { DirectReferrals = 1 }),
                    new ScoreRow(adds[1].LeadId, new() { Points = i + 1 }),
                ],
                scores.OrderBy(row => row.LeadId));
            Assert.Equal(adds[1].LeadId, (await Driver.ReadAnswer($"new {i}", Make.Noon, default))!.LeadId);
        }
        var ended = reply.Units[1];
        Assert.Equal(
            [AddOutcome.Exists(parents[1]), AddOutcome.Refused(LeadRefusal.Ended), AddOutcome.Refused(LeadRefusal.Ended)],
            ended.Adds.AsEnumerable());
        Assert.Empty(ended.Scores);
        Assert.Null(await Driver.ReadAnswer("new 1", Make.Noon, default));
    }

    /// <summary>PostgreSQL keeps microseconds. Rounded down, a forgotten request would look as if it were still remembered.</summary>
    [PostgresFact]
    public async Task Write_ForgottenUntilBetweenTwoMicroseconds_IsRoundedUp()
    {
        var ann = (await Add(await NewUnit(), Make.Person("ann@x.org"))).Single();
        var until = Make.Noon.AddTicks(1);

        var reply = await Write(Make.Change(ann) with { Requests = new() { ForgottenUntil = until } });

        Assert.Equal(Make.Noon.AddMicroseconds(1), (await Read(ann.Lead.Id))!.Requests.ForgottenUntil);
        Assert.Equal(Make.Noon.AddMicroseconds(1), reply.Stored!.Requests.ForgottenUntil);
    }

    /// <summary>The second host would be refused if the first one had kept the lock.</summary>
    [PostgresFact]
    public async Task AddLeadStore_ExclusivePostgres_OneHostAfterTheOther()
    {
        for (var start = 1; start <= 2; start++)
        {
            using var host = NewHost();
            await host.StartAsync();

            Assert.Equal(start, await host.Services.GetRequiredService<ILeadStore>().NextId());

            await host.StopAsync();
        }
    }

    private IHost NewHost()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Provider"] = StoreProviders.Postgres,
            ["Storage:ConnectionString"] = ((PostgresTestDatabase)Database).ConnectionString,
            ["Storage:Exclusive"] = "true",
        });
        builder.Services.AddLogging();
        builder.Services.AddLeadStore(builder.Configuration);
        return builder.Build();
    }
}
