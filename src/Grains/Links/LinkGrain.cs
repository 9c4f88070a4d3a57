using LeadEngine.Links;
using LeadEngine.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Placement;

namespace LeadEngine.Grains.Links;

/// <summary>
/// Redirects from memory. Its clicks are written between requests, and by the way it learns whether the link is still there.
/// </summary>
[PreferLocalPlacement, GrainType("link")]
internal sealed partial class LinkGrain(ILinkStore store, ILogger<LinkGrain> logger) : Grain, ILinkGrain
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private LinkClicks _clicks = null!;
    private IGrainTimer? _timer;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _clicks = new LinkClicks(this.GetPrimaryKeyString(), store);
        return _clicks.Load();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (_clicks.Unsaved > 0) await Save();
    }

    public Task<string?> Follow()
    {
        var url = _clicks.Follow();
        if (url is null) DeactivateOnIdle();
        else _timer ??= this.RegisterGrainTimer(SaveOrRest, new() { DueTime = Pause, Period = Pause, Interleave = true });
        return Task.FromResult(url);
    }

    public Task<FollowedLink?> Get()
    {
        if (_clicks.Link is null) DeactivateOnIdle();
        return Task.FromResult(_clicks.Link);
    }

    // The tick after a write finds that everything is on disk, and is the last one.
    private async Task SaveOrRest()
    {
        if (!await Save() || _clicks.Unsaved > 0) return;
        _timer?.Dispose();
        _timer = null;
        if (_clicks.Link is null) DeactivateOnIdle();
    }

    private async Task<bool> Save()
    {
        try
        {
            return await _clicks.Save();
        }
        catch (Exception failure) when (failure is StoreBusyException or StoreOutcomeUnknownException)
        {
            LogNotSaved(logger, failure, _clicks.Unsaved);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "{Clicks} clicks on a short link are not known to be on disk; they are lost if this process ends now.")]
    private static partial void LogNotSaved(ILogger logger, Exception failure, long clicks);
}
