using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.OpenApi;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>The routes that tell of no lead: what a campaign shows, what is done with its leads, and its webhooks.</summary>
internal static class KickoffLabsCommands
{
    private const string OfCampaign = $"/v2/{{{CampaignAccess.RouteParameter}}}";

    public const string OtherPart = "action_name";

    private static readonly (string Name, LeadOrder Order)[] Bulk =
    [
        ("optout", LeadOrder.OptOut), ("verify", LeadOrder.Verify), ("approve", LeadOrder.Approve), ("block", LeadOrder.Block),
        ("waitlist", LeadOrder.Waitlist), ("unwaitlist", LeadOrder.Unwaitlist), ("tag", LeadOrder.Tag),
    ];

    public static WebApplication MapKickoffLabsCommands(this WebApplication app)
    {
        var services = app.Services;
        var pipeline = services.GetRequiredService<CommandPipeline>();
        var view = services.GetRequiredService<CampaignViewEndpoint>();
        var bulk = services.GetRequiredService<BulkEndpoint>();
        var webhooks = services.GetRequiredService<OutboundWebhookEndpoint>();

        MapGet("/v2/campaigns", services.GetRequiredService<CampaignsEndpoint>().List, CampaignOperations.ListCampaigns);
        MapGet($"{OfCampaign}/stats", pipeline.ServeOwner(view.Stats), CampaignOperations.Stats);
        MapGet($"{OfCampaign}/actions", pipeline.ServeOwner(view.Actions), CampaignOperations.ListActions);
        MapGet($"{OfCampaign}/tags", pipeline.ServeOwner(view.Tags), CampaignOperations.ListTags);
        MapGet(
            $"{OfCampaign}/leaderboard",
            pipeline.ServeAnybody(services.GetRequiredService<LeaderboardEndpoint>().List),
            CampaignOperations.Leaderboard);

        Post("points", services.GetRequiredService<PointsEndpoint>().Give, LeadOperations.GivePoints);
        var action = services.GetRequiredService<ActionEndpoint>();
        Post($"actions/{{{ActionEndpoint.ActionPart}}}", action.Complete, LeadOperations.CompleteAction);
        foreach (var (name, order) in Bulk) Post(name, bulk.Handle(order), LeadOperations.Bulk(name, order));
        Map(
            HttpMethods.Post,
            $"{OfCampaign}/verify-phone-number",
            pipeline.ServeAnybody(services.GetRequiredService<VerifyPhoneEndpoint>().Verify),
            LeadOperations.VerifyPhone);
        Map(HttpMethods.Delete, OfCampaign, pipeline.ServeOwner(bulk.Handle(LeadOrder.Delete)), LeadOperations.Delete);

        Post("outbound-webhook", webhooks.Create, WebhookOperations.CreateOutbound);
        Map(HttpMethods.Delete, $"{OfCampaign}/outbound-webhook", pipeline.ServeOwner(webhooks.Delete), WebhookOperations.DeleteOutbound);
        Post("inbound-webhook", services.GetRequiredService<InboundWebhookEndpoint>().Create, WebhookOperations.CreateInbound);
        RequestDelegate inbound = services.GetRequiredService<InboundEndpoint>().Handle;
        Map(HttpMethods.Post, $"{InboundWebhookEndpoint.Path}/{{{InboundEndpoint.CodePart}}}", inbound, WebhookOperations.PostInbound);

        // What names no action, or one that there is not, is told so rather than that there is no such route.
        Post("actions", action.Complete, LeadOperations.CompleteUnnamedAction);
        Post($"{{{OtherPart}}}", _ => new(CommandFaults.UnknownCommand), LeadOperations.Other).WithMetadata(new AnswersTheUnknown());
        MapPreflights(app);
        return app;

        void MapGet(string route, RequestDelegate served, ApiOperation operation) => Map(HttpMethods.Get, route, served, operation);

        IEndpointConventionBuilder Post(string name, CommandHandler handler, ApiOperation operation) =>
            Map(HttpMethods.Post, $"{OfCampaign}/{name}", pipeline.ServeOwner(handler), operation);

        IEndpointConventionBuilder Map(string method, string route, RequestDelegate served, ApiOperation operation) =>
            app.MapMethods(route, [method], served).Describe(operation, served);
    }

    private static void MapPreflights(WebApplication app)
    {
        var access = app.Services.GetRequiredService<CampaignAccess>();
        var preflight = Cors.Preflight(access.LearnOrigins, HttpMethods.Get, HttpMethods.Post, HttpMethods.Delete, HttpMethods.Options);
        app.MapMethods($"{OfCampaign}/{{{OtherPart}}}", [HttpMethods.Options], preflight);
        app.MapMethods($"{OfCampaign}/actions/{{{ActionEndpoint.ActionPart}}}", [HttpMethods.Options], preflight);
    }
}
