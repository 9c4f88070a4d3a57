using LeadEngine.Storage.Tests.Contract;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LeadEngine.Storage.Tests;

public sealed class StoreRegistrationTests
{
    [Fact]
    public async Task AddLeadStore_HostStartsAndStops_TheStoreWorksInBetween()
    {
        var folder = Directory.CreateTempSubdirectory("leads-");
        using (var host = Host(("ConnectionString", $"Data Source={folder.FullName}/new/leads.db")))
        {
            await host.StartAsync();
            var store = host.Services.GetRequiredService<ILeadStore>();
            var id = await store.NextId();
            await store.CreateCampaign(id, 1);
            var epoch = (await store.TakeOver(id))!.Epoch;

            var reply = await store.Commit(new() { CampaignId = id, AccountId = 1, Epoch = epoch, Adds = [Make.Person("a@x.org")] });

            Assert.Equal("a@x.org", (await store.Read(reply.Adds.Single().LeadId))!.Lead.Email);
            await host.StopAsync();
            await Assert.ThrowsAsync<StoreBusyException>(() => store.Read(1));
        }
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("Provider", "oracle")]
    [InlineData("Provider", "postgres")]
    [InlineData("QueueLength", "99")]
    [InlineData("BatchSize", "0")]
    [InlineData("Patience", "00:02:00")]
    [InlineData("StatementTimeout", "00:00:00")]
    [InlineData("IdempotencyAge", "00:00:01")]
    public async Task AddLeadStore_SettingOutOfRange_TheHostRefusesToStart(string name, string value)
    {
        using var host = Host((name, value));

        await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
    }

    private static IHost Host(params (string Name, string Value)[] settings)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection(
            settings.Select(setting => KeyValuePair.Create($"{StoreOptions.Section}:{setting.Name}", (string?)setting.Value)));
        builder.Services.AddLogging();
        builder.Services.AddLeadStore(builder.Configuration);
        return builder.Build();
    }
}
