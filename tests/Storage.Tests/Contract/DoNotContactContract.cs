using LeadEngine.People;

namespace LeadEngine.Storage.Tests.Contract;

/// <summary>An account's do-not-contact list.</summary>
public abstract class DoNotContactContract(TestDatabase database) : StoreContract(database)
{
    private static readonly DoNotContact Ann = new(DoNotContactKind.Email, "ann@x.org", "asked");
    private static readonly DoNotContact Domain = new(DoNotContactKind.Domain, "y.org", "");
    private static readonly DoNotContact Phone = new(DoNotContactKind.Phone, "+15551230001", "STOP");

    [ContractFact]
    public async Task AddDoNotContact_NewAndKnown_CountsTheNewAndKeepsTheFirst()
    {
        Assert.Equal(2, await Add(Account, Ann, Domain));
        Assert.Equal(1, await Add(Account, Ann with { Reason = "other" }, Phone));

        Assert.Equal([Ann, Domain, Phone], (await Find(Account, Phone, Domain, Ann)).OrderBy(entry => entry.Kind));
    }

    [ContractFact]
    public async Task AddDoNotContact_TwiceInOneCall_CountsOnce() => Assert.Equal(1, await Add(Account, Ann, Ann with { Reason = "again" }));

    [ContractFact]
    public async Task FindDoNotContact_OtherKindOrAccount_IsNotFound()
    {
        await Add(Account, Ann, Domain, Phone);

        Assert.Empty(await Find(2, Ann, Domain, Phone));
        Assert.Empty(await Find(Account, Ann with { Kind = DoNotContactKind.Domain }, Ann with { Value = "bob@x.org" }));
        Assert.Empty(await Find(Account));
    }

    [ContractFact]
    public async Task AddDoNotContact_TenThousand_AreAllFound()
    {
        var entries = Enumerable.Range(0, 10_000).Select(i => new DoNotContact(DoNotContactKind.Email, $"{i}@x.org", "import")).ToArray();

        Assert.Equal(10_000, await Add(Account, entries));
        Assert.Equal(10_000, (await Find(Account, entries)).Length);
    }

    private async Task<int> Add(long account, params DoNotContact[] entries) =>
        await Driver.Directory.AddDoNotContact(account, [.. entries], Make.Noon, default);

    private async Task<DoNotContact[]> Find(long account, params DoNotContact[] entries) =>
        [.. await Driver.Directory.FindDoNotContact(account, [.. entries], default)];
}
