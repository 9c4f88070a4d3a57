namespace LeadEngine.Embedded.Tests.Runtime;

public interface IBaseFace : IGrainWithStringKey
{
    Task<string> Inherited();
}

public interface IEchoGrain : IBaseFace
{
    Task Nothing();

    ValueTask Quick();

    Task<int> Add(int left, int right);

    ValueTask<string> Join(string a, int b, long c, bool d, DateTimeOffset e, int? f, string[] g);

    Task Throw(string message);

    Task<string> ThrowLater(string message);

    Task<string> Whoami();

    Task<bool> ReferenceReachesMe();
}

public interface INumberGrain : IGrainWithIntegerKey
{
    Task<long> Number();
}

public interface IUnimplementedGrain : IGrainWithStringKey;

internal sealed class EchoGrain : Grain, IEchoGrain
{
    public Task<string> Inherited() => Task.FromResult("inherited");

    public Task Nothing() => Task.CompletedTask;

    public async ValueTask Quick() => await Task.Yield();

    public Task<int> Add(int left, int right) => Task.FromResult(left + right);

    public ValueTask<string> Join(string a, int b, long c, bool d, DateTimeOffset e, int? f, string[] g) =>
        ValueTask.FromResult($"{a} {b} {c} {d} {e.Year} {f?.ToString() ?? "-"} {g.Length}");

    public Task Throw(string message) => throw new FormatException(message);

    public async Task<string> ThrowLater(string message)
    {
        await Task.Yield();
        throw new FormatException(message);
    }

    public Task<string> Whoami() => Task.FromResult($"{this.GetPrimaryKeyString()} {this.GetGrainId()}");

    public async Task<bool> ReferenceReachesMe() =>
        this.AsReference<IEchoGrain>().Equals(GrainFactory.GetGrain<IEchoGrain>(this.GetPrimaryKeyString()))
        && ReferenceEquals(GrainContext, GrainRuntime.Find(this.AsReference<IBaseFace>()));
}

[GrainType("the-number")]
internal sealed class NumberGrain : Grain, INumberGrain
{
    public Task<long> Number() => Task.FromResult(this.GetPrimaryKeyLong());
}

public sealed class CallTests
{
    [Fact]
    public async Task Call_EveryKindOfResult_Arrives()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<IEchoGrain>("a");
        await grain.Nothing();
        await grain.Quick();
        Assert.Equal(5, await grain.Add(2, 3));
        Assert.Equal("inherited", await grain.Inherited());
        Assert.Equal("x 1 2 True 2030 - 2", await grain.Join("x", 1, 2, true, silo.Time.GetUtcNow(), null, ["", ""]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(42)]
    [InlineData(-7)]
    [InlineData(long.MaxValue)]
    [InlineData(long.MinValue)]
    public async Task GetPrimaryKeyLong_GrainWithIntegerKey_IsTheNumber(long number)
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Runtime.GetGrain<INumberGrain>(number);
        Assert.Equal(number, await grain.Number());
        Assert.Equal(number, grain.GetPrimaryKeyLong());
        Assert.Equal($"the-number/{number:X}", grain.GetGrainId().ToString());
    }

    [Fact]
    public async Task GetPrimaryKeyString_GrainAndReference_IsTheKey()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<IEchoGrain>("someone@example.com");
        Assert.Equal("someone@example.com", grain.GetPrimaryKeyString());
        Assert.Equal("someone@example.com echo/someone@example.com", await grain.Whoami());
        Assert.True(await grain.ReferenceReachesMe());
    }

    [Fact]
    public async Task Call_GrainThrows_CallerGetsTypeAndStack()
    {
        await using var silo = await TestSilo.StartAsync();
        var grain = silo.Get<IEchoGrain>("a");
        var now = await Assert.ThrowsAsync<FormatException>(() => grain.Throw("now"));
        Assert.Equal("now", now.Message);
        Assert.Contains(nameof(EchoGrain.Throw), now.StackTrace);
        var later = await Assert.ThrowsAsync<FormatException>(() => grain.ThrowLater("later"));
        Assert.Contains(nameof(EchoGrain.ThrowLater), later.StackTrace);
        Assert.Equal(2, await grain.Add(1, 1));
    }

    [Fact]
    public async Task GetGrain_NoImplementation_Throws()
    {
        await using var silo = await TestSilo.StartAsync();
        var error = Assert.Throws<ArgumentException>(() => silo.Get<IUnimplementedGrain>("a"));
        Assert.Contains(nameof(IUnimplementedGrain), error.Message);
        Assert.Throws<ArgumentException>(() => silo.Get<IEchoGrain>(" "));
        Assert.Throws<ArgumentException>(() => silo.Runtime.GetGrain<IEchoGrain>("a", "Other.Namespace"));
    }

    [Fact]
    public async Task Call_SameKey_ReachesOneActivation()
    {
        await using var silo = await TestSilo.StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => silo.Get<IEchoGrain>("a").Nothing()));
        await silo.Get<IEchoGrain>("b").Nothing();
        Assert.Equal(2, silo.Runtime.Activations.Count());
    }
}
