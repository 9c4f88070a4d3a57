using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.OpenApi;

namespace LeadEngine.ApiHost.Web;

/// <summary>The routes of our pages.</summary>
internal static class WebHosting
{
    private const string Token = $"/{{{LinkVisits.TokenParameter}}}";

    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        services.AddSingleton<PageShape>();
        services.AddSingleton<IFaultShape>(provider => provider.GetRequiredService<PageShape>());
        services.AddSingleton<LinkVisits>();
        services.AddSingleton<OptOutPages>();
        services.AddSingleton<VerificationPages>();
        services.AddSingleton<PhonePages>();
        return services;
    }

    public static WebApplication MapPages(this WebApplication app)
    {
        var optOut = app.Services.GetRequiredService<OptOutPages>();
        app.MapPage(WebPaths.OptOut + Token, PageOperations.OpenOptOut, optOut.Open, HttpMethods.Get, HttpMethods.Head);
        app.MapPage(WebPaths.OptOut + Token, PageOperations.OptOut, optOut.OptOut, HttpMethods.Post);
        app.MapPage($"{WebPaths.OptOut}{Token}/undo", PageOperations.OptIn, optOut.OptIn, HttpMethods.Post);

        var verification = app.Services.GetRequiredService<VerificationPages>();
        app.MapPage(WebPaths.Verification + Token, PageOperations.OpenVerification, verification.Ask, HttpMethods.Get, HttpMethods.Head);
        app.MapPage(WebPaths.Verification + Token, PageOperations.Verify, verification.Verify, HttpMethods.Post);

        var phone = app.Services.GetRequiredService<PhonePages>();
        app.MapPage(WebPaths.PhoneVerification + Token, PageOperations.OpenPhoneVerification, phone.Ask, HttpMethods.Get, HttpMethods.Head);
        app.MapPage(WebPaths.PhoneVerification + Token, PageOperations.VerifyPhone, phone.Verify, HttpMethods.Post);
        return app;
    }

    private static void MapPage(
        this WebApplication app, string route, ApiOperation operation, Func<HttpContext, Task<Checked<Page>>> page, params string[] methods)
    {
        var shape = app.Services.GetRequiredService<PageShape>();
        RequestDelegate send = async context =>
        {
            var answer = await page(context);
            await (answer.IsGood ? PageWriter.Send(context, answer.Value) : shape.Send(context, answer.Fault));
        };
        app.MapMethods(route, methods, send).Describe(operation, send);
    }
}
