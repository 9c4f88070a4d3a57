using System.Text.RegularExpressions;
using LeadEngine.ApiHost.Admin;
using LeadEngine.ApiHost.Http;
using LeadEngine.Grains;
using LeadEngine.Silo.Cluster;
using LeadEngine.Silo.Telemetry;
using LeadEngine.Storage;

namespace LeadEngine.ApiHost.Tests.Deployment;

public sealed partial class ComposeTests
{
    private static readonly Dictionary<string, Type> Sections = new()
    {
        [AdminOptions.Section] = typeof(AdminOptions),
        [ClusterSettings.Section] = typeof(ClusterSettings),
        [EndpointSettings.Section] = typeof(EndpointSettings),
        [EngineOptions.Section] = typeof(EngineOptions),
        [HttpOptions.Section] = typeof(HttpOptions),
        [StoreOptions.Section] = typeof(StoreOptions),
        [TelemetryOptions.Section] = typeof(TelemetryOptions),
    };

    private static readonly ComposeFile Compose = new(Repository.ReadLines("docker-compose.yml"));

    public static TheoryData<string> Services => [.. Compose.Services.Keys];

    [Fact]
    public void Services_AreTheWholeTopology() =>
        Assert.Equal(["postgres", "silo-1", "silo-2", "silo-3", "api-1", "api-2", "balancer"], Compose.Services.Keys);

    [Theory, MemberData(nameof(Services))]
    public void Service_IsWatchedAndStartedAgainAndGivenTimeToStop(string service) =>
        Assert.All(["healthcheck:", "restart: unless-stopped", "stop_grace_period: "], what =>
            Assert.Contains(Compose.Services[service], line => line.StartsWith("    " + what, StringComparison.Ordinal)
                || line.StartsWith("  " + what, StringComparison.Ordinal)));

    [Theory, MemberData(nameof(Services))]
    public void Service_EverySettingOfTheEngine_Exists(string service) =>
        Assert.All(Settings(service), setting => Assert.NotNull(Sections.GetValueOrDefault(setting.Section)?.GetProperty(setting.Name)));

    [Theory, InlineData("silo-1", "Storage"), InlineData("api-2", "Admin"), InlineData("api-2", "Cluster")]
    public void Service_SettingsOfTheEngine_AreFound(string service, string section) =>
        Assert.Contains(Settings(service), setting => setting.Section == section);

    // ${NAME:?why} ends the start when NAME is not set, and a default would be a password that everybody knows.
    [Theory, MemberData(nameof(Services))]
    public void Service_EverySecret_MustBeGiven(string service) =>
        Assert.All(
            Compose.Services[service].SelectMany(line => Secrets().Matches(line)).Select(secret => secret.Groups[1].Value),
            secret => Assert.StartsWith("${", secret));

    [Theory, MemberData(nameof(Services))]
    public void Service_EveryMentionOfASecret_EndsTheStartWithoutIt(string service) =>
        Assert.All(
            Compose.Services[service].SelectMany(line => Mentions().Matches(line)).Select(mention => mention.Value),
            mention => Assert.Matches(@"^\$\{(POSTGRES_PASSWORD|ADMIN_KEY):\?", mention));

    [Fact]
    public void Secrets_AreFound() => Assert.All(["postgres", "silo-1", "api-1"], service =>
        Assert.Contains(Compose.Services[service], line => Secrets().IsMatch(line) && Mentions().IsMatch(line)));

    [Fact]
    public void Dockerfile_EverythingCopiedFromTheRepository_IsThereAndNotIgnored()
    {
        var copied = Repository.ReadLines("deploy/docker/Dockerfile")
            .Where(line => line.StartsWith("COPY ", StringComparison.Ordinal) && !line.Contains("--from=", StringComparison.Ordinal) && line != "COPY . .")
            .SelectMany(line => line.Split(' ')[1..^1])
            .ToArray();
        var context = Repository.ReadLines(".dockerignore").Where(line => line.StartsWith('!')).Select(line => line[1..]).ToHashSet();

        Assert.NotEmpty(copied);
        Assert.All(copied, path => Assert.True(Repository.Has(path), path));
        Assert.All(copied, path => Assert.Contains(path.Split('/')[0], context));
    }

    [Theory, InlineData("silo"), InlineData("api")]
    public void Dockerfile_EveryTargetOfTheComposeFile_Exists(string target)
    {
        Assert.Contains($"target: {target} ", Repository.ReadText("docker-compose.yml"), StringComparison.Ordinal);
        Assert.Contains($" AS {target}\n", Repository.ReadText("deploy/docker/Dockerfile"), StringComparison.Ordinal);
    }

    private static IEnumerable<(string Section, string Name)> Settings(string service) =>
        Compose.Services[service].Select(line => Setting().Match(line)).Where(match => match.Success)
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value));

    [GeneratedRegex(@"^\s+(\w+?)__(\w+):")]
    private static partial Regex Setting();

    [GeneratedRegex(@"(?:POSTGRES_PASSWORD: ""?|Admin__Key: ""?|Password=)([^""]*)")]
    private static partial Regex Secrets();

    [GeneratedRegex(@"\$\{?(?:POSTGRES_PASSWORD|ADMIN_KEY)[^}]*")]
    private static partial Regex Mentions();
}
