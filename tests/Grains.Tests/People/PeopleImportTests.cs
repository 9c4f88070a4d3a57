using System.Collections.Immutable;
using LeadEngine.Grains.People;
using LeadEngine.People;

namespace LeadEngine.Grains.Tests.People;

public sealed class PeopleImportTests
{
    private readonly ScriptedDirectory _store = new();

    [Fact]
    public async Task Run_NewAndKnownPeople_AddsAndSkips()
    {
        _store.Know("ada@x.org");

        Assert.Equal<ImportedPerson>(
            [new(2, ImportOutcome.Added), new(1, ImportOutcome.Skipped)], await Import(update: false, Email("bob@x.org"), Email("ada@x.org")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_SamePersonTwice_TheFirstCounts(bool update)
    {
        var imported = await Import(update, Named("ada@x.org", "Ada"), Named("ada@x.org", "Augusta"));

        Assert.Equal<ImportedPerson>([new(1, ImportOutcome.Added), new(1, ImportOutcome.Skipped)], imported);
        Assert.Equal("Ada", _store[1].Details.FirstName);
    }

    [Fact]
    public async Task Run_Update_ChangesTheKnownOnce()
    {
        _store.Know("ada@x.org", new PersonDetails { City = "London" });

        var imported = await Import(update: true, Named("ada@x.org", "Ada"), Named("ada@x.org", "Augusta"));

        Assert.Equal<ImportedPerson>([new(1, ImportOutcome.Updated), new(1, ImportOutcome.Skipped)], imported);
        Assert.Equal(("Ada", "London"), (_store[1].Details.FirstName, _store[1].Details.City));
    }

    /// <summary>A number alone names the person who came with it before: that is no second person, and no update of the first.</summary>
    [Fact]
    public async Task Run_NumberOfAnEarlierEntry_IsSkipped()
    {
        var imported = await Import(
            update: true, Named("ada@x.org", "Ada") with { Phone = "+1" }, new NewPerson { Phone = "+1", Details = new() { FirstName = "Bob" } });

        Assert.Equal<ImportedPerson>([new(1, ImportOutcome.Added), new(1, ImportOutcome.Skipped)], imported);
        Assert.Equal("Ada", _store[1].Details.FirstName);
    }

    [Fact]
    public async Task Run_TooManyTags_IsToldAndTheOthersGoOn()
    {
        _store.Know("ada@x.org", new PersonDetails { Tags = [.. Enumerable.Range(0, PersonDetails.MaxTags).Select(number => $"t{number}")] });
        var tooMany = Email("bob@x.org") with { Details = new() { Tags = [.. Enumerable.Range(0, 101).Select(number => $"t{number}")] } };
        var oneMore = Email("ada@x.org") with { Details = new() { Tags = ["one more"] } };

        var imported = await Import(update: true, tooMany, oneMore, Email("eve@x.org"));

        Assert.Equal<ImportedPerson>(
            [new(0, ImportOutcome.TooMany), new(1, ImportOutcome.TooMany), new(2, ImportOutcome.Added)], imported);
        Assert.Equal(PersonDetails.MaxTags, _store[1].Details.Tags.Length);
    }

    [Fact]
    public async Task Run_OvertakenByAnotherWrite_ChangesWhatThatOneLeft()
    {
        _store.Know("ada@x.org");
        _store.BeforeWrite = number =>
        {
            if (number == 1) _store.Change(1, person => person with { Details = person.Details with { City = "London" } });
        };

        var imported = await Import(update: true, Named("ada@x.org", "Ada"));

        Assert.Equal(ImportOutcome.Updated, Assert.Single(imported).Outcome);
        Assert.Equal(("Ada", "London", 2), (_store[1].Details.FirstName, _store[1].Details.City, _store.Writes));
    }

    [Fact]
    public async Task Run_AlwaysOvertaken_GivesUpAsUnknown()
    {
        _store.Know("ada@x.org");
        _store.BeforeWrite = _ => _store.Change(1, person => person);

        await Assert.ThrowsAsync<StoreOutcomeUnknownException>(() => Import(update: true, Named("ada@x.org", "Ada")));
    }

    [Fact]
    public async Task Run_ThousandsOfPeople_GoPageByPage()
    {
        var imported = await Import(update: false, [.. Enumerable.Range(0, 2_500).Select(number => Email($"{number}@x.org"))]);

        Assert.Equal(3, _store.Adds);
        Assert.Equal(2_500, imported.Count(person => person.Outcome is ImportOutcome.Added));
    }

    [Theory]
    [InlineData(1, typeof(StoreBusyException))]
    [InlineData(2, typeof(StoreOutcomeUnknownException))]
    public async Task Run_StoreGoesAway_SaysWhetherNothingChanged(int page, Type expected)
    {
        _store.BeforeAdd = number => _ = number == page ? throw new StoreBusyException("away") : number;

        await Assert.ThrowsAsync(
            expected, () => Import(update: false, [.. Enumerable.Range(0, 1_500).Select(number => Email($"{number}@x.org"))]));
    }

    private Task<ImmutableArray<ImportedPerson>> Import(bool update, params NewPerson[] people) =>
        new PeopleImport(7, [.. people], update, _store, new VersionedWrites(7, _store, new Jitter(new PromptClock(), new Random(1)))).Run();

    private static NewPerson Email(string email) => new() { Email = email, Details = new() };

    private static NewPerson Named(string email, string name) => new() { Email = email, Details = new() { FirstName = name } };
}
