using LeadEngine.Campaigns;
using LeadEngine.Installation;
using LeadEngine.People;

namespace LeadEngine.Grains.Tests.People;

[Collection(EngineCollection.Name)]
public sealed class DirectoryGrainTests(EngineFixture engine)
{
    [Fact]
    public async Task Add_NewPerson_IsToldAsStored()
    {
        var directory = await NewDirectory();

        var reply = await directory.Add(Ada with { Phone = "+12065550100" });

        var person = Assert.Single(await directory.Get([reply.Person!.Id]));
        Assert.Equal(("ada@example.com", "+12065550100", "Ada"), (person.Email, person.Phone, person.Details.FirstName));
    }

    [Fact]
    public async Task Add_KnownPerson_IsRefusedWithWhoItIs()
    {
        var directory = await NewDirectory();
        var ada = (await directory.Add(Ada)).Person!;

        var reply = await directory.Add(Ada with { Details = new() { FirstName = "Augusta" } });

        Assert.Equal((PersonRefusal.AlreadyExists, ada.Id), (reply.Refusal!.Value, reply.ExistingId!.Value));
        Assert.Equal("Ada", Assert.Single(await directory.Get([ada.Id])).Details.FirstName);
    }

    [Fact]
    public async Task Add_TooManyTags_IsRefused()
    {
        var directory = await NewDirectory();

        var reply = await directory.Add(Ada with { Details = new() { Tags = [.. Enumerable.Range(0, 101).Select(number => $"t{number}")] } });

        Assert.Equal(PersonRefusal.TooMany, reply.Refusal);
        Assert.True((await directory.Add(Ada)).Succeeded);
    }

    [Fact]
    public async Task Change_PersonWhoSignedUp_IsChangedForAllCampaigns()
    {
        var campaign = await engine.CreateCampaign();
        await campaign.Upsert("ada@example.com");
        var person = Assert.Single(await campaign.Directory.List(new PeopleQuery { Limit = 10 }));

        var reply = await campaign.Directory.Change(person.Id, new PersonPatch { CompanyName = "Acme" });

        Assert.Equal(("Acme", person.Version + 1), (reply.Person!.Details.CompanyName, reply.Person.Version));
        var member = Assert.Single(await campaign.Grain.ListMembers(new MemberQuery { Limit = 10 }));
        Assert.Equal("Acme", member.Person!.Details.CompanyName);
    }

    [Fact]
    public async Task Change_ManyAtOnce_LoseNothing()
    {
        var directory = await NewDirectory();
        var ada = (await directory.Add(Ada)).Person!;

        await Task.WhenAll(Enumerable.Range(0, 5).Select(number =>
            directory.Change(ada.Id, new PersonPatch { CustomFields = [new($"field{number}", "1")] })));

        Assert.Equal(5, Assert.Single(await directory.Get([ada.Id])).Details.CustomFields.Length);
    }

    [Fact]
    public async Task Change_PersonOfAnotherAccount_IsNotFound()
    {
        var ada = (await (await NewDirectory()).Add(Ada)).Person!;

        Assert.Equal(PersonRefusal.NotFound, (await (await NewDirectory()).Change(ada.Id, new PersonPatch { City = "Rome" })).Refusal);
    }

    [Fact]
    public async Task Import_ThousandsWithSomeKnown_CountsEach()
    {
        var directory = await NewDirectory();
        await directory.Add(Ada);

        var imported = await directory.Import(
            [Ada with { Details = new() { City = "London" } }, .. Enumerable.Range(0, 2_500).Select(number => Named($"p{number}@x.org"))],
            update: true);

        Assert.Equal(ImportOutcome.Updated, imported[0].Outcome);
        Assert.Equal(2_500, imported.Count(person => person.Outcome is ImportOutcome.Added));
        var ada = Assert.Single(await directory.Get([imported[0].PersonId]));
        Assert.Equal(("Ada", "London"), (ada.Details.FirstName, ada.Details.City));
        Assert.Equal(new PeopleCount(2_501, true), await directory.Count(new PeopleFilter(), 5_000));
    }

    [Fact]
    public async Task FindDoNotContact_AddressDomainAndNumber_AreFound()
    {
        var directory = await NewDirectory();
        DoNotContact[] entries =
        [
            new(DoNotContactKind.Email, "a@x.org", "import"), new(DoNotContactKind.Domain, "y.org", "import"),
            new(DoNotContactKind.Phone, "+12065550100", "stop"),
        ];

        Assert.Equal(3, await directory.AddDoNotContact([.. entries]));
        Assert.Equal(0, await directory.AddDoNotContact([.. entries]));

        Assert.Equal<string>(
            ["a@x.org", "b@y.org", "+12065550100"],
            await directory.FindDoNotContact(["a@x.org", "b@x.org", "b@y.org", "+12065550100", "+12065550101"]));
        Assert.Empty(await (await NewDirectory()).FindDoNotContact(["a@x.org"]));
    }

    private static NewPerson Ada => Named("ada@example.com") with { Details = new() { FirstName = "Ada" } };

    private static NewPerson Named(string email) => new() { Email = email, Details = new() };

    private async Task<IDirectoryGrain> NewDirectory()
    {
        var account = await engine.Grains.GetGrain<IInstallationGrain>(0).CreateAccount("Test");
        return engine.Grains.GetGrain<IDirectoryGrain>(account.AccountId);
    }
}
