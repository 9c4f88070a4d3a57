using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Installation;
using LeadEngine.ApiHost.Leads;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>A request whose sender is known.</summary>
/// <param name="Http">The request.</param>
/// <param name="Workspace">Whom it is about.</param>
/// <param name="Ids">The installation's public ids.</param>
/// <param name="Deadline">Until when it waits.</param>
internal sealed record SendKitRequest(HttpContext Http, Workspace Workspace, ObjectIds Ids, Deadline Deadline)
{
    public CancellationToken Aborted => Http.RequestAborted;

    /// <summary>What a part of the path names.</summary>
    public bool TryReadPathId(string part, ObjectKind kind, out long number) =>
        Ids.TryDecode(kind, Http.Request.RouteValues[part] as string, out number);
}

/// <summary>Serves a route.</summary>
/// <returns>The fault to answer with; null when the answer was sent.</returns>
internal delegate ValueTask<Fault?> SendKitHandler(SendKitRequest request);

/// <summary>What every route of the dialect does first and last.</summary>
internal sealed class SendKitPipeline(WorkspaceAccess access, InstallationKeyring keyring, Deadlines deadlines, SendKitShape shape)
{
    public RequestDelegate Serve(SendKitHandler handler) => async context =>
    {
        if (await Answer(handler, context) is { } fault) await shape.Send(context, fault);
    };

    private async ValueTask<Fault?> Answer(SendKitHandler handler, HttpContext context)
    {
        var deadline = deadlines.Start();
        var ids = (await keyring.Get()).ObjectIds;
        var workspace = await access.Check(context.Request, ids, deadline);
        return workspace.IsGood ? await handler(new SendKitRequest(context, workspace.Value, ids, deadline)) : workspace.Fault;
    }
}
