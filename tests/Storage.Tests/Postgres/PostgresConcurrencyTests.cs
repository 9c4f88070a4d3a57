using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage.Tests.Contract;
using LeadEngine.TestSupport;

namespace LeadEngine.Storage.Tests.Postgres;

/// <summary>Two drivers at full speed on the same campaigns, as two silos are.</summary>
public sealed class PostgresConcurrencyTests() : StoreContract(new PostgresTestDatabase())
{
    [PostgresFact]
    public async Task Commit_TwoDriversCrosswise_NothingIsLostAndNoDeadlockSurfaces()
    {
        const int Rounds = 200;
        var other = await Database.Connect();
        CampaignUnit[] units = [await NewUnit(), await NewUnit()];
        StoredLead[] leads = [.. await Add(units[0], Four("x")), .. await Add(units[1], Four("y"))];

        var applied = await Task.WhenAll(Run(Driver, units[0], leads), Run(other, units[1], [.. leads.Reverse()]));

        foreach (var unit in units)
        {
            var ranks = (await AllLeads(unit.CampaignId)).Select(lead => lead.Rank);
            Assert.Equal(Enumerable.Range(1, 4 + (2 * Rounds)).Select(rank => (long)rank), ranks);
        }
        var now = await Driver.Read([.. leads.Select(lead => lead.Lead.Id)], default);
        Assert.Equal(applied.Sum(), now.Sum(lead => lead!.Version - 1));
        Assert.Equal(applied.Sum(), now.Sum(lead => lead!.Lead.Counter - 1));

        // Each batch adds to the driver's own campaign and changes leads of both, in an order of its own.
        static async Task<int> Run(IStoreDriver driver, CampaignUnit unit, StoredLead[] leads)
        {
            var applied = 0;
            for (var round = 0; round < Rounds; round++)
            {
                var current = await driver.Read([.. leads.Select(lead => lead.Lead.Id)], default);
                NewLead[] adds = [Make.Person($"{round}a@x.org"), Make.Person($"{round}b@x.org", referrer: leads[0].Lead.Id)];
                var reply = await driver.Commit(
                    Make.Batch() with
                    {
                        Units = [unit with { Adds = [.. adds] }],
                        Changes = [.. current.Select(lead => Make.Change(lead!) with { Requests = new() })],
                    },
                    default);
                Assert.All(reply.Units.Single().Adds, added => Assert.NotEqual(0, added.Rank));
                applied += reply.Changes.Count(change => change.Stored is not null);
            }
            return applied;
        }
    }

    [PostgresFact]
    public async Task Write_TwoDriversClaimOneEmail_OneGainsIt()
    {
        var other = await Database.Connect();
        var unit = await NewUnit();
        var people = Enumerable.Range(0, 200).Select(i => Make.Person(phone: $"+1555123{i:0000}"));
        var stored = await Add(unit, [.. people]);

        for (var i = 0; i < 100; i++)
        {
            var (first, second) = (Make.Change(stored[2 * i]), Make.Change(stored[(2 * i) + 1]));
            var replies = await Task.WhenAll(
                Write(first with { ClaimEmail = $"{i}@x.org" }), Write(second with { ClaimEmail = $"{i}@x.org" }, other));

            Assert.Single(replies, reply => reply.Stored?.Lead.Email == $"{i}@x.org");
            Assert.Single(replies, reply => reply.Refusal == LeadRefusal.AskAgain);
        }
    }

    [PostgresFact]
    public async Task Write_TwoDriversClaimTwoEmailsInOppositeOrder_EachIsGainedOnce()
    {
        var other = await Database.Connect();
        var unit = await NewUnit();
        var people = Enumerable.Range(0, 80).Select(i => Make.Person(phone: $"+1555123{i:0000}"));
        var stored = await Add(unit, [.. people]);

        for (var i = 0; i < 20; i++)
        {
            string[] emails = [$"{i}a@x.org", $"{i}b@x.org"];
            var four = stored[(4 * i)..((4 * i) + 4)];
            var replies = await Task.WhenAll(Claim(Driver, four[..2], emails), Claim(other, four[2..], [.. emails.Reverse()]));

            Assert.Equal(emails, replies.SelectMany(reply => reply).Select(reply => reply.Stored?.Lead.Email).OfType<string>().Order());
        }

        static async Task<IEnumerable<LeadChangeReply>> Claim(IStoreDriver driver, StoredLead[] leads, string[] emails)
        {
            var changes = leads.Zip(emails, (lead, email) => Make.Change(lead) with { ClaimEmail = email });
            return (await driver.Commit(Make.Batch() with { Changes = [.. changes] }, default)).Changes;
        }
    }

    [PostgresFact]
    public async Task Commit_NewLeadAndClaimOfAnotherDriver_OneGetsTheEmail()
    {
        var other = await Database.Connect();
        var unit = await NewUnit();
        var people = Enumerable.Range(0, 100).Select(i => Make.Person(phone: $"+1555123{i:0000}"));
        var stored = await Add(unit, [.. people]);

        for (var i = 0; i < stored.Length; i++)
        {
            var adding = Commit(unit, Make.Person($"{i}@x.org"));
            var claiming = Write(Make.Change(stored[i]) with { ClaimEmail = $"{i}@x.org" }, other);

            var added = (await adding).Adds.Single();
            var claimed = (await claiming).Stored;
            Assert.Equal(added.Rank == 0, claimed is not null);
            Assert.Equal(added.LeadId, (await Driver.Find([new(unit.CampaignId, IdentifierKind.Email, $"{i}@x.org")], default)).Single());
        }
    }

    /// <summary>Locks that can be shared could be handed from change to change for ever, past the one who waits for them all.</summary>
    [PostgresFact]
    public async Task SetStatus_ChangesWithoutPause_GetsItsTurn()
    {
        IStoreDriver[] busy = [await Database.Connect(), await Database.Connect(), await Database.Connect()];
        var unit = await NewUnit();
        var people = Enumerable.Range(0, 150).Select(i => Make.Person($"{i}@x.org"));
        var stored = await Add(unit, [.. people]);
        using var end = new CancellationTokenSource();
        var loops = busy.Select((driver, i) => Change(driver, stored[(50 * i)..((50 * i) + 50)], end.Token)).ToArray();

        for (var i = 0; i < 20; i++) await SetStatus(unit, i % 2 == 0 ? CampaignStatus.Ended : CampaignStatus.Open);

        await end.CancelAsync();
        await Task.WhenAll(loops);

        static async Task Change(IStoreDriver driver, StoredLead[] leads, CancellationToken end)
        {
            while (!end.IsCancellationRequested)
            {
                var changes = leads.Select(lead => Make.Change(lead) with { Requests = new() });
                var reply = await driver.Commit(Make.Batch() with { Changes = [.. changes] }, CancellationToken.None);
                leads = [.. reply.Changes.Select(change => change.Stored!)];
            }
        }
    }

    private static System.Collections.Immutable.ImmutableArray<NewLead> Four(string name) =>
        [.. Enumerable.Range(0, 4).Select(i => Make.Person($"{name}{i}@x.org"))];
}
