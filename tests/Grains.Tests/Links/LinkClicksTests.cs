using LeadEngine.Grains.Links;
using LeadEngine.Links;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Tests.Links;

public sealed class LinkClicksTests
{
    private readonly ScriptedLinks _store = new() { Link = new StoredLink("https://a.example", 7, 1, 10) };

    [Fact]
    public async Task Follow_KnownLink_LeadsThereAndCounts()
    {
        var clicks = await Load();

        Assert.Equal("https://a.example", clicks.Follow());
        Assert.Equal("https://a.example", clicks.Follow());

        Assert.Equal(new FollowedLink("https://a.example", 7, 1, 12), clicks.Link);
        Assert.Equal(10, _store.Link!.Clicks);
    }

    [Fact]
    public async Task Follow_UnknownLink_LeadsNowhere()
    {
        _store.Link = null;
        var clicks = await Load();

        Assert.Null(clicks.Follow());
        Assert.Null(clicks.Link);
        Assert.Equal(0, clicks.Unsaved);
    }

    [Fact]
    public async Task Save_Clicks_AreWrittenOnceAndSeenToBe()
    {
        var clicks = await Load();
        clicks.Follow();
        clicks.Follow();

        Assert.False(await clicks.Save());
        Assert.True(await clicks.Save());

        Assert.Equal((12, 0, 12), (_store.Link!.Clicks, clicks.Unsaved, clicks.Link!.Clicks));
    }

    [Fact]
    public async Task Save_StoreIsAway_KeepsTheClicksForTheNextTime()
    {
        var clicks = await Load();
        clicks.Follow();
        _store.OnCount = _ => throw new StoreBusyException("away");
        await Assert.ThrowsAsync<StoreBusyException>(clicks.Save);
        clicks.Follow();
        _store.OnCount = null;

        await clicks.Save();

        Assert.Equal(12, _store.Link!.Clicks);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Save_AnswerIsLost_CountsEachClickOnce(bool landed)
    {
        var clicks = await Load();
        clicks.Follow();
        _store.OnCount = count =>
        {
            if (landed) _store.Count(count);
            throw new StoreOutcomeUnknownException("lost");
        };
        await Assert.ThrowsAsync<StoreOutcomeUnknownException>(clicks.Save);
        clicks.Follow();
        _store.OnCount = null;

        await clicks.Save();
        await clicks.Save();

        Assert.Equal((12, 12), (_store.Link!.Clicks, clicks.Link!.Clicks));
    }

    [Fact]
    public async Task Save_LinkWentWithItsLead_IsForgotten()
    {
        var clicks = await Load();
        clicks.Follow();
        _store.Link = null;

        Assert.True(await clicks.Save());

        Assert.Null(clicks.Follow());
        Assert.Equal(0, clicks.Unsaved);
    }

    private async Task<LinkClicks> Load()
    {
        var clicks = new LinkClicks("code", _store);
        await clicks.Load();
        return clicks;
    }

    private sealed class ScriptedLinks : ILinkStore
    {
        public StoredLink? Link { get; set; }

        /// <summary>What happens in place of a count.</summary>
        public Action<long>? OnCount { get; set; }

        public Task<StoredLink?> Read(string code) => Task.FromResult(Link);

        public Task CountClicks(string code, long clicks)
        {
            (OnCount ?? Count)(clicks);
            return Task.CompletedTask;
        }

        public void Count(long clicks) => Link = Link! with { Clicks = Link.Clicks + clicks };
    }
}
