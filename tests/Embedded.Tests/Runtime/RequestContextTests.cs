namespace LeadEngine.Embedded.Tests.Runtime;

public interface IContextGrain : IGrainWithStringKey
{
    Task<string> Read(string key);

    Task<string> ReadThrough(IContextGrain other, string key);

    Task Set(string key, string value);
}

internal sealed class ContextGrain : Grain, IContextGrain
{
    private static readonly AsyncLocal<string?> Ambient = new();

    public Task<string> Read(string key) => Task.FromResult($"{RequestContext.Get(key) ?? "-"} {Ambient.Value ?? "-"}");

    public async Task<string> ReadThrough(IContextGrain other, string key)
    {
        await Task.Yield();
        var theirs = await other.Read(key);
        return $"{RequestContext.Get(key)} {theirs}";
    }

    public Task Set(string key, string value)
    {
        RequestContext.Set(key, value);
        Ambient.Value = value;
        return Task.CompletedTask;
    }
}

public sealed class RequestContextTests
{
    [Fact]
    public async Task RequestContext_SetByTheCaller_FlowsThroughGrains()
    {
        await using var silo = await TestSilo.StartAsync();
        RequestContext.Set("who", "me");
        Assert.Equal("me me -", await silo.Get<IContextGrain>("a").ReadThrough(silo.Get<IContextGrain>("b"), "who"));
        RequestContext.Clear();
        Assert.Equal("- -", await silo.Get<IContextGrain>("a").Read("who"));
    }

    [Fact]
    public async Task RequestContext_SetByTheCallee_IsSeenNeitherByTheCallerNorByTheNextRequest()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<IContextGrain>("a");
        for (var i = 0; i < 10; i++)
        {
            var calls = Enumerable.Range(0, 10).Select(n => grain.Set("who", $"{n}")).ToList();
            var read = grain.Read("who");
            await Task.WhenAll(calls);
            Assert.Null(RequestContext.Get("who"));
            Assert.Equal("- -", await read);
        }
    }

    [Fact]
    public void RequestContext_RemoveAndClear_LeaveTheRest()
    {
        RequestContext.Set("a", 1);
        RequestContext.Set("b", 2);
        Assert.True(RequestContext.Remove("a"));
        Assert.False(RequestContext.Remove("a"));
        Assert.Equal(2, RequestContext.Get("b"));
        RequestContext.Clear();
        Assert.Null(RequestContext.Get("b"));
    }
}
