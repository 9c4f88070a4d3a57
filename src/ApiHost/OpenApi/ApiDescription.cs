using System.Reflection;
using Microsoft.OpenApi;

namespace LeadEngine.ApiHost.OpenApi;

/// <summary>The description of the API at <c>/openapi/v1.json</c>.</summary>
internal static class ApiDescription
{
    private const string Document = "v1";

    public static IServiceCollection AddApiDescription(this IServiceCollection services) => services.AddOpenApi(Document, options =>
    {
        options.AddDocumentTransformer((document, _, _) =>
        {
            document.Info = new OpenApiInfo
            {
                Title = "Lead engine",
                Version = Document,
                Description = "A self-hosted lead engine. Its public API speaks the dialects of hosted services.",
            };
            document.Servers?.Clear();
            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            if (context.Description.ActionDescriptor.EndpointMetadata.OfType<ApiOperation>().FirstOrDefault() is { } described)
            {
                ApiOperationWriter.Describe(operation, described);
                if (context.Description.HttpMethod == HttpMethods.Head) operation.OperationId += "Head"; // Ids are unique.
            }

            return Task.CompletedTask;
        });
    });

    public static WebApplication MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi($"/openapi/{{documentName:regex(^{Document}$)}}.json");
        return app;
    }

    /// <summary>Puts a route whose handler reads and writes by hand into the description.</summary>
    public static IEndpointConventionBuilder Describe(
        this IEndpointConventionBuilder route, ApiOperation operation, RequestDelegate handler) =>
        route.WithMetadata(operation, handler.GetMethodInfo());
}
