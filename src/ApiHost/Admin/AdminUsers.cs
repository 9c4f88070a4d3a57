using System.Collections.Immutable;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Installation;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Installation;

namespace LeadEngine.ApiHost.Admin;

/// <summary>Makes users who own several accounts.</summary>
internal static class AdminUsers
{
    private const int MaxAccounts = 1_000;

    public static async Task<IResult> Create(HttpRequest request, IGrainFactory grains, InstallationKeyring keyring)
    {
        var body = await AdminBody.Read<NewUserBody>(request);
        if (!body.IsGood) return new FaultResult(body.Fault);
        if (!AdminRules.IsName(body.Value.Name)) return Invalid("name", $"name must have 1 to {AdminRules.MaxNameLength} characters.");
        if (body.Value.AccountIds is not { Length: > 0 and <= MaxAccounts } accounts)
        {
            return Invalid("account_ids", $"account_ids must hold 1 to {MaxAccounts} accounts.");
        }

        var user = await grains.GetGrain<IInstallationGrain>(0).CreateUser(body.Value.Name, [.. accounts.Distinct()]);
        if (user.Reply.ApiKey is not { } apiKey) return new FaultResult(AdminFaults.Of(user.Reply.Refusal!.Value));

        var ids = (await keyring.Get()).ObjectIds;
        ImmutableArray<UserWorkspace> workspaces =
            [.. accounts.Distinct().Select(account => new UserWorkspace(account, ids.Encode(ObjectKind.Workspace, account)))];
        return AdminAccounts.Answer(StatusCodes.Status201Created, new UserCreated(user.UserId, apiKey, workspaces));
    }

    private static FaultResult Invalid(string name, string message) =>
        new(AdminFaults.Invalid([new FaultDetail(name, "invalid_user", message)]));
}
