using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.OpenApi;
using LeadEngine.ApiHost.Webhooks;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>The routes of the SendKit dialect.</summary>
internal static class SendKitEndpoints
{
    private const string Leads = "/v1/leads";
    private const string Campaigns = "/v1/campaigns";
    private const string Campaign = $"{Campaigns}/{{{WorkspaceAccess.CampaignPart}}}";
    private const string CampaignLeads = $"{Campaign}/leads";

    public static IServiceCollection AddSendKit(this IServiceCollection services)
    {
        services.AddSingleton<SendKitShape>();
        services.AddSingleton<IFaultShape>(provider => provider.GetRequiredService<SendKitShape>());
        services.AddSingleton<SendKitPipeline>();
        services.AddSingleton<WorkspaceAccess>();
        services.AddSingleton<SendKitChanges>();
        services.AddSingleton<PeoplePages>();
        services.AddSingleton<CampaignAdder>();
        services.AddSingleton<EntryAdder>();
        services.AddSingleton<SelectionAdder>();
        services.AddSingleton<AddLeadsEndpoint>();
        services.AddSingleton<CampaignActionEndpoint>();
        services.AddSingleton<CampaignLeadsEndpoint>();
        services.AddSingleton<CampaignsEndpoint>();
        services.AddSingleton<LeadListEndpoint>();
        services.AddSingleton<LeadEndpoint>();
        services.AddSingleton<LeadImportEndpoint>();
        services.AddSingleton<LeadDeletionEndpoint>();
        services.AddSingleton<DoNotContactEndpoint>();
        services.AddSingleton<WebhooksEndpoint>();
        services.AddWebhookWording<WebhookWording>();
        return services;
    }

    public static WebApplication MapSendKit(this WebApplication app)
    {
        var services = app.Services;
        var lead = services.GetRequiredService<LeadEndpoint>();
        var campaigns = services.GetRequiredService<CampaignsEndpoint>();
        var campaignLeads = services.GetRequiredService<CampaignLeadsEndpoint>();

        Map(HttpMethods.Get, Leads, services.GetRequiredService<LeadListEndpoint>().List, SendKitOperations.ListLeads);
        Map(HttpMethods.Post, Leads, lead.Create, SendKitOperations.CreateLead);
        Map(HttpMethods.Delete, Leads, services.GetRequiredService<LeadDeletionEndpoint>().Delete, SendKitOperations.DeleteLeads);
        Map(HttpMethods.Post, $"{Leads}/bulk", services.GetRequiredService<LeadImportEndpoint>().Import, SendKitOperations.ImportLeads);
        Map(HttpMethods.Patch, $"{Leads}/{{{LeadEndpoint.LeadPart}}}", lead.Change, SendKitOperations.ChangeLead);
        Map(HttpMethods.Get, Campaigns, campaigns.List, SendKitOperations.ListCampaigns);
        Map(HttpMethods.Post, Campaigns, campaigns.Create, SendKitOperations.CreateCampaign);
        Map(HttpMethods.Get, Campaign, campaigns.Get, SendKitOperations.GetCampaign);
        Map(HttpMethods.Get, CampaignLeads, campaignLeads.List, SendKitOperations.ListCampaignLeads);
        Map(HttpMethods.Post, CampaignLeads, services.GetRequiredService<AddLeadsEndpoint>().Add, SendKitOperations.AddLeads);
        Map(HttpMethods.Post, $"{CampaignLeads}/action", services.GetRequiredService<CampaignActionEndpoint>().Act, SendKitOperations.Act);
        Map(
            HttpMethods.Patch,
            $"{CampaignLeads}/{{{CampaignLeadsEndpoint.LeadPart}}}",
            campaignLeads.Change,
            SendKitOperations.ChangeCampaignLead);
        Map(
            HttpMethods.Post,
            "/v1/dnc/import",
            services.GetRequiredService<DoNotContactEndpoint>().Import,
            SendKitOperations.ImportDoNotContact);

        const string Webhooks = "/v1/webhooks";
        const string Webhook = $"{Webhooks}/{{{WebhooksEndpoint.WebhookPart}}}";
        var webhooks = services.GetRequiredService<WebhooksEndpoint>();
        Map(HttpMethods.Get, Webhooks, webhooks.List, SendKitOperations.ListWebhooks);
        Map(HttpMethods.Post, Webhooks, webhooks.Create, SendKitOperations.CreateWebhook);
        Map(HttpMethods.Patch, Webhook, webhooks.Change, SendKitOperations.ChangeWebhook);
        Map(HttpMethods.Delete, Webhook, webhooks.Delete, SendKitOperations.DeleteWebhook);
        Map(HttpMethods.Post, $"{Webhook}/test", webhooks.Test, SendKitOperations.TestWebhook);
        return app;

        void Map(string method, string route, SendKitHandler handler, ApiOperation operation)
        {
            var served = services.GetRequiredService<SendKitPipeline>().Serve(handler);
            app.MapMethods(route, [method], served).Describe(operation, served);
        }
    }
}
