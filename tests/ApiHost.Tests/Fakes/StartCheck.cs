using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Limits;
using LeadEngine.ApiHost.Mail;
using LeadEngine.ApiHost.Texts;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace LeadEngine.ApiHost.Tests.Fakes;

/// <summary>What the host checks of its settings when it starts.</summary>
internal static class StartCheck
{
    /// <summary>What the start is refused with.</summary>
    // No start of a whole host: a test factory that asks a host for something while it fails may be told that it is disposed instead of why.
    public static string RefusalOf(params IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection(settings);
        builder.AddHttp();
        builder.Services.AddRateLimits().AddMail().AddTexts();
        using var services = builder.Services.BuildServiceProvider();
        return Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate).Message;
    }
}
