using LeadEngine.Silo.Cluster;

namespace LeadEngine.ApiHost.Admin;

/// <summary>The routes of the administration.</summary>
internal static class AdminEndpoints
{
    public const string Tag = "Administration";

    public static IServiceCollection AddAdmin(this IServiceCollection services)
    {
        services.AddOptions<AdminOptions>()
            .BindConfiguration(AdminOptions.Section)
            .ValidateDataAnnotations()
            .Validate<Topology>(
                static (options, topology) => !topology.IsShared || (options.Key ?? options.KeyFile) is not null,
                "Admin:Key or Admin:KeyFile must be set, to the same key on all hosts of a cluster: each would make one of its own.")
            .ValidateOnStart();
        services.AddSingleton<AdminKey>();
        services.AddSingleton<CampaignNeeds>();
        services.ConfigureHttpJsonOptions(json =>
        {
            // The API's description takes names and types from here.
            json.SerializerOptions.PropertyNamingPolicy = AdminBody.Options.PropertyNamingPolicy;
            json.SerializerOptions.NumberHandling = AdminBody.Options.NumberHandling;
        });
        return services;
    }

    public static WebApplication MapAdmin(this WebApplication app)
    {
        var admin = app.MapGroup("/admin").WithTags(Tag);
        admin.AddEndpointFilter(new AdminKeyFilter(app.Services.GetRequiredService<AdminKey>()));
        admin.ProducesProblem(StatusCodes.Status401Unauthorized);

        admin.MapPost("/accounts", AdminAccounts.Create)
            .WithSummary("Makes an account, with a first API key that is shown this once.")
            .Accepts<NewAccountBody>("application/json")
            .Produces<AccountCreated>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest);
        admin.MapGet("/accounts/{id:long}", AdminAccounts.Get)
            .WithSummary("Shows an account and its limits.")
            .Produces<AccountAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        admin.MapPatch("/accounts/{id:long}", AdminAccounts.Change)
            .WithSummary("Changes an account's limits; null sets them to their default.")
            .Accepts<AccountPatchBody>("application/json")
            .Produces<AccountAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        admin.MapPost("/users", AdminUsers.Create)
            .WithSummary("Makes a user who owns accounts, with a platform API key that is shown this once.")
            .Accepts<NewUserBody>("application/json")
            .Produces<UserCreated>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        admin.MapPost("/campaigns", AdminCampaigns.Create)
            .WithSummary("Makes a campaign.")
            .Accepts<NewCampaignBody>("application/json")
            .Produces<CampaignAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        admin.MapGet("/campaigns/{id:long}", AdminCampaigns.Get)
            .WithSummary("Shows a campaign's settings and status.")
            .Produces<CampaignAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        admin.MapPatch("/campaigns/{id:long}", AdminCampaigns.Change)
            .WithSummary("Changes what the body names; null sets a setting to its default.")
            .Accepts<CampaignPatchBody>("application/json")
            .Produces<CampaignAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        admin.MapPost("/campaigns/{id:long}/keys", AdminAccounts.CreateKey)
            .WithSummary("Makes an API key that is good for this campaign alone and is shown this once.")
            .Accepts<NewKeyBody>("application/json")
            .Produces<KeyCreated>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        admin.MapDelete("/campaigns/{id:long}/inbound-webhooks/{code}", AdminInbound.Withdraw)
            .WithSummary("Withdraws an inbound webhook: its address, whose last part is the code, takes no leads any more.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        admin.MapGet("/campaigns/{id:long}/leads", AdminLeads.List)
            .WithMetadata(AdminLeads.Operation);
        MapWebhooks(admin.MapGroup("/accounts/{id:long}"));
        admin.MapGet("/links/{code}", AdminLinks.Get)
            .WithSummary("Shows a short link and how often it was followed.")
            .Produces<LinkAnswer>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        return app;
    }

    private static void MapWebhooks(RouteGroupBuilder account)
    {
        const string Webhook = "/webhooks/{webhookId:long}";
        account.MapGet("/webhooks", AdminWebhooks.List)
            .WithSummary("Lists the webhooks of an account.")
            .Produces<WebhookList>();
        account.MapPost("/webhooks", AdminWebhooks.Create)
            .WithSummary("Makes a webhook, for one campaign or for all, with a secret that is shown this once.")
            .Accepts<NewWebhookBody>("application/json")
            .Produces<WebhookAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        account.MapPatch(Webhook, AdminWebhooks.Change)
            .WithSummary("Changes the address or the events of a webhook, or switches it on or off.")
            .Accepts<WebhookPatchBody>("application/json")
            .Produces<WebhookAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status404NotFound);
        account.MapDelete(Webhook, AdminWebhooks.Delete)
            .WithSummary("Deletes a webhook, with what is on its way to it.")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status404NotFound);
        account.MapGet($"{Webhook}/dead-letters", AdminWebhooks.ListDead)
            .WithSummary("Lists what could not be delivered, oldest first.")
            .Produces<DeadLetterList>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        account.MapPost($"{Webhook}/replay", AdminWebhooks.Replay)
            .WithSummary("Sends dead letters on their way again: those named, or all.")
            .Accepts<ReplayBody>("application/json")
            .Produces<ReplayAnswer>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        account.MapGet("/leads/{leadId:long}/deliveries", AdminWebhooks.ListLog)
            .WithSummary("Lists what was told of a lead, newest first.")
            .Produces<DeliveryLog>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
    }
}
