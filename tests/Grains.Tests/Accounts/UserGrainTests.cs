using LeadEngine.Accounts;
using LeadEngine.Installation;

namespace LeadEngine.Grains.Tests.Accounts;

[Collection(EngineCollection.Name)]
public sealed class UserGrainTests(EngineFixture engine)
{
    private IInstallationGrain Installation => engine.Grains.GetGrain<IInstallationGrain>(0);

    [Fact]
    public async Task Authenticate_OwnKey_IsGoodForTheUsersAccounts()
    {
        var (one, other) = (await NewAccount(), await NewAccount());
        var created = await Installation.CreateUser("Agency", [one, other, one]);
        var user = engine.Grains.GetGrain<IUserGrain>(created.UserId);

        var grant = await user.Authenticate(created.Reply.ApiKey!);

        Assert.Equal((created.UserId, "Agency"), (grant!.UserId, grant.Name));
        Assert.Equal<long>([one, other], grant.AccountIds);
        Assert.Equal(created.UserId, Grains.Accounts.ApiKeyFormat.UserOf(created.Reply.ApiKey!));
    }

    [Fact]
    public async Task Authenticate_AnotherKey_IsNotGood()
    {
        var (mine, theirs) = (await Installation.CreateUser("Mine", []), await Installation.CreateUser("Theirs", []));
        var user = engine.Grains.GetGrain<IUserGrain>(mine.UserId);

        Assert.Null(await user.Authenticate(theirs.Reply.ApiKey!));
        Assert.Null(await user.Authenticate(mine.Reply.ApiKey![..^1] + "?"));
    }

    [Fact]
    public async Task Authenticate_UnknownUser_IsNotGood() =>
        Assert.Null(await engine.Grains.GetGrain<IUserGrain>(888_888_888).Authenticate(Grains.Accounts.ApiKeyFormat.CreateForUser(888_888_888)));

    [Fact]
    public async Task Create_UnknownAccount_IsRefused()
    {
        var created = await Installation.CreateUser("Agency", [888_888_888]);

        Assert.Equal((null, AccountRefusal.AccountNotFound), (created.Reply.ApiKey, created.Reply.Refusal!.Value));
    }

    [Fact]
    public async Task Create_UserWhoIsThere_KeepsTheFirstKey()
    {
        var created = await Installation.CreateUser("Agency", []);
        var user = engine.Grains.GetGrain<IUserGrain>(created.UserId);

        Assert.Equal(AccountRefusal.AlreadyExists, (await user.Create("Other", [])).Refusal);
        Assert.NotNull(await user.Authenticate(created.Reply.ApiKey!));
    }

    [Fact]
    public async Task AddAccount_Twice_IsThereOnce()
    {
        var (first, second) = (await NewAccount(), await NewAccount());
        var created = await Installation.CreateUser("Agency", [first]);
        var user = engine.Grains.GetGrain<IUserGrain>(created.UserId);

        Assert.Null(await user.AddAccount(second));
        Assert.Null(await user.AddAccount(second));

        Assert.Equal<long>([first, second], (await user.Authenticate(created.Reply.ApiKey!))!.AccountIds);
    }

    [Fact]
    public async Task AddAccount_UnknownUserOrAccount_IsRefused()
    {
        var created = await Installation.CreateUser("Agency", []);

        Assert.Equal(AccountRefusal.UserNotFound, await engine.Grains.GetGrain<IUserGrain>(888_888_888).AddAccount(await NewAccount()));
        Assert.Equal(AccountRefusal.AccountNotFound, await engine.Grains.GetGrain<IUserGrain>(created.UserId).AddAccount(888_888_888));
    }

    private async Task<long> NewAccount() => (await Installation.CreateAccount("Test")).AccountId;
}
