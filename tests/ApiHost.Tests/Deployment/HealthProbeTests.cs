using System.Globalization;
using LeadEngine.Silo.Health;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;

namespace LeadEngine.ApiHost.Tests.Deployment;

public sealed class HealthProbeTests
{
    private readonly StringWriter _output = new(CultureInfo.InvariantCulture);

    [Theory, InlineData(200, 0), InlineData(503, 1), InlineData(404, 1)]
    public async Task Run_SomebodyAnswers_TellsWhetherItIsWell(int status, int expected)
    {
        await using var host = await Start(status);

        Assert.Equal(expected, await HealthProbe.Run(["--health", host.Urls.Single() + "/health/ready"], _output));
        Assert.StartsWith(status.ToString(CultureInfo.InvariantCulture), _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_NobodyAnswers_IsNotWell()
    {
        string url;
        await using (var host = await Start(200)) url = host.Urls.Single();

        Assert.Equal(1, await HealthProbe.Run(["--health", url], _output));
        Assert.NotEmpty(_output.ToString());
    }

    [Theory, InlineData("--health"), InlineData("--health", "nowhere"), InlineData("--health", "/health/ready"), InlineData("--health", "http://a", "http://b")]
    public async Task Run_NoUrl_TellsHowToAsk(params string[] arguments)
    {
        Assert.Equal(2, await HealthProbe.Run(arguments, _output));
        Assert.StartsWith("usage:", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void IsAskedFor_OtherArguments_StartTheHost()
    {
        Assert.False(HealthProbe.IsAskedFor([]));
        Assert.False(HealthProbe.IsAskedFor(["--urls", "http://localhost:5080"]));
        Assert.True(HealthProbe.IsAskedFor(["--health", "http://localhost:5080/health/ready"]));
    }

    private static async Task<WebApplication> Start(int status)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.Run(context =>
        {
            context.Response.StatusCode = status;
            return Task.CompletedTask;
        });
        await app.StartAsync();
        return app;
    }
}
