using System.Diagnostics;
using LeadEngine.Embedded.Tests.Runtime;
using LeadEngine.TestSupport;
using Microsoft.Extensions.Hosting;

namespace LeadEngine.Embedded.Tests.Telemetry;

public interface IRelayGrain : IGrainWithStringKey
{
    Task<string?> Relay();

    Task<string?> Current();
}

internal sealed class RelayGrain : Grain, IRelayGrain
{
    public Task<string?> Relay() => GrainFactory.GetGrain<IRelayGrain>("second").Current();

    public async Task<string?> Current()
    {
        await Task.Yield();
        return Activity.Current?.Id;
    }
}

public sealed class CallTracesTests
{
    private const string Source = "Microsoft.Orleans.Application";

    [Fact]
    public async Task Call_OfATracedRequest_MakesASpanOfEachHop()
    {
        await using var silo = await TracingSilo();
        using var log = new SpanLog(Source);
        using var request = log.Begin();

        var current = await silo.Get<IRelayGrain>("first").Relay();

        var (relay, inner) = (log.Single("IRelayGrain/Relay"), log.Single("IRelayGrain/Current"));
        Assert.Equal(request.SpanId, relay.ParentSpanId);
        Assert.Equal(relay.SpanId, inner.ParentSpanId);
        Assert.Equal(inner.Id, current);
        Assert.Same(request, Activity.Current);
    }

    [Fact]
    public async Task Call_AfterATracedOne_IsNotPartOfItsTrace()
    {
        await using var silo = await TracingSilo();
        using var log = new SpanLog(Source);
        using (log.Begin()) await silo.Get<IRelayGrain>("second").Current();
        Activity.Current = null;

        Assert.Null(await silo.Get<IRelayGrain>("second").Current());
        Assert.Null(await silo.Get<IRelayGrain>("first").Relay());
    }

    [Fact]
    public async Task Call_ThatThrows_EndsItsSpanAsAnError()
    {
        await using var silo = await TracingSilo();
        using var log = new SpanLog(Source);
        using var request = log.Begin();

        await Assert.ThrowsAsync<FormatException>(() => silo.Get<IEchoGrain>("a").Throw("me@x.org"));

        var span = log.Single("IEchoGrain/Throw");
        Assert.Equal(ActivityStatusCode.Error, span.Status);
        Assert.Null(span.StatusDescription);
    }

    [Fact]
    public async Task Call_PropagationNotAdded_MakesNoSpan()
    {
        await using var silo = await TestSilo.StartAsync();
        using var log = new SpanLog(Source);
        using var request = log.Begin();

        Assert.Null(await silo.Get<IRelayGrain>("first").Relay());
        Assert.Empty(log.Ended);
    }

    private static Task<TestSilo> TracingSilo() =>
        TestSilo.StartAsync(services => services.AddOrleans(silo => silo.AddActivityPropagation()));
}
