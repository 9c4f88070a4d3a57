using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.ApiHost.Installation;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>A request about a campaign, whose sender is known.</summary>
/// <param name="Http">The request.</param>
/// <param name="Parameters">What it says.</param>
/// <param name="Caller">About which campaign, and with which right.</param>
/// <param name="Keys">The installation's public ids.</param>
/// <param name="Body">The body as it came.</param>
/// <param name="Deadline">Until when it waits.</param>
internal sealed record CommandRequest(
    HttpContext Http, ParameterSet Parameters, Caller Caller, InstallationKeys Keys, ReadOnlyMemory<byte> Body, Deadline Deadline)
{
    public Campaign Campaign => Caller.Campaign;

    /// <summary>The idempotency key; null when it came with none.</summary>
    public Checked<IdempotencyKey>? Key => IdempotencyKey.Read(Http.Request, Caller.Grant, Campaign.Id, Body.Span);
}

/// <summary>Serves a route.</summary>
/// <returns>The fault to answer with; null when the answer was sent.</returns>
internal delegate ValueTask<Fault?> CommandHandler(CommandRequest request);

/// <summary>What every route does first and last that is about a campaign, other than to tell of a lead.</summary>
internal sealed class CommandPipeline(CampaignAccess access, InstallationKeyring keyring, Deadlines deadlines, KickoffLabsShape shape)
{
    /// <summary>Serves those who have an API key for the campaign.</summary>
    public RequestDelegate ServeOwner(CommandHandler handler) => Serve(handler, access.CheckOwner);

    /// <summary>Serves whoever may ask about the campaign.</summary>
    public RequestDelegate ServeAnybody(CommandHandler handler) => Serve(handler, access.Check);

    private RequestDelegate Serve(CommandHandler handler, CheckCaller check) => async context =>
    {
        if (await Answer(context, handler, check) is { } fault) await shape.Send(context, fault);
    };

    private async ValueTask<Fault?> Answer(HttpContext context, CommandHandler handler, CheckCaller check)
    {
        var deadline = deadlines.Start();
        using var body = await RequestBody.Read(context.Request, FieldLimits.BodyBytes);
        if (body is null) return Faults.BodyTooLarge;

        var parameters = HttpMethods.IsGet(context.Request.Method)
            ? ParameterReader.ReadQuery(context.Request, Vocabulary.Command)
            : await ParameterReader.Read(context.Request, body.Bytes, Vocabulary.Command);
        if (!parameters.IsGood) return parameters.Fault;

        var caller = await check(context.Request, parameters.Value, deadline);
        if (!caller.IsGood) return caller.Fault;

        Cors.Allow(context);
        var keys = await keyring.Get();
        return await handler(new CommandRequest(context, parameters.Value, caller.Value, keys, body.Bytes, deadline));
    }

    private delegate ValueTask<Checked<Caller>> CheckCaller(HttpRequest request, ParameterSet parameters, Deadline deadline);
}
