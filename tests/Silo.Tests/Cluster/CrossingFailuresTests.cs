#if ORLEANS
using System.Net.Sockets;
using LeadEngine.Silo.Cluster;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Orleans.Serialization;

namespace LeadEngine.Silo.Tests.Cluster;

public sealed class CrossingFailuresTests
{
    [Fact]
    public void StoreFailure_CausedByTheDriver_CrossesWithItsCause()
    {
        using var services = new ServiceCollection().AddSerializer().AddCrossingFailures().BuildServiceProvider();
        var serializer = services.GetRequiredService<Serializer>();
        var failure = new StoreBusyException("away", new StoreOutcomeUnknownException("lost", new NpgsqlException("broken", new SocketException())));

        var crossed = serializer.Deserialize<Exception>(serializer.SerializeToArray<Exception>(failure));

        Assert.IsType<NpgsqlException>(Assert.IsType<StoreBusyException>(crossed).InnerException!.InnerException);
    }
}
#endif
