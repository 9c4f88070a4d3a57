using LeadEngine.ApiHost.Caching;

namespace LeadEngine.ApiHost.Tests.Caching;

public sealed class ShortLivedCacheTests
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(5);

    private readonly ManualClock _clock = new();
    private readonly ShortLivedCache<string, int> _cache;
    private int _loads;

    public ShortLivedCacheTests() => _cache = new(Lifetime, capacity: 3, _clock);

    [Fact]
    public async Task Load_WhileFresh_LoadsOnce()
    {
        await Load("a");
        _clock.Advance(Lifetime - TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await Load("a"));
        Assert.True(_cache.TryGet("a", out var value));
        Assert.Equal(1, value);
    }

    [Fact]
    public async Task Load_OnceOld_LoadsAgain()
    {
        await Load("a");
        _clock.Advance(Lifetime);
        Assert.False(_cache.TryGet("a", out _));
        Assert.Equal(2, await Load("a"));
    }

    [Fact]
    public async Task Load_SlowAnswer_AgesFromTheQuestion()
    {
        var answer = new TaskCompletionSource<int>();
        var loading = _cache.Load("a", () => answer.Task, keep: _ => true);
        _clock.Advance(Lifetime);
        answer.SetResult(7);
        Assert.Equal(7, await loading);
        Assert.False(_cache.TryGet("a", out _));
    }

    [Fact]
    public async Task Load_ManyAtOnce_LoadsOnce()
    {
        var answer = new TaskCompletionSource<int>();
        var waiting = Enumerable.Range(0, 100).Select(_ => _cache.Load("a", LoadSlowly, keep: _ => true).AsTask()).ToArray();
        answer.SetResult(7);
        Assert.All(await Task.WhenAll(waiting), value => Assert.Equal(7, value));
        Assert.Equal(1, _loads);

        Task<int> LoadSlowly()
        {
            _loads++;
            return answer.Task;
        }
    }

    [Fact]
    public async Task Load_Failure_IsNotRemembered()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() =>
            _cache.Load("a", () => Task.FromException<int>(new InvalidOperationException()), keep: _ => true).AsTask());
        Assert.Equal(1, await Load("a"));
    }

    [Fact]
    public async Task Load_AnswerNotToKeep_IsNotRemembered()
    {
        await _cache.Load("a", () => Task.FromResult(7), keep: value => value != 7);
        Assert.False(_cache.TryGet("a", out _));
    }

    [Fact]
    public async Task Forget_Known_LoadsAgain()
    {
        await Load("a");
        _cache.Forget("a");
        Assert.Equal(2, await Load("a"));
    }

    [Fact]
    public async Task Load_BeyondCapacity_HoldsNoMoreThanThat()
    {
        foreach (var key in (string[])["a", "b", "c", "d", "e", "f", "g"]) await Load(key);
        Assert.InRange("abcdefg".Count(key => _cache.TryGet(key.ToString(), out _)), 1, 3);
        Assert.True(_cache.TryGet("g", out _));
    }

    private ValueTask<int> Load(string key) => _cache.Load(key, () => Task.FromResult(++_loads), keep: _ => true);
}
