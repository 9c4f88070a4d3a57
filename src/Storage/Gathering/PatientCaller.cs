using LeadEngine.Storage.Telemetry;

namespace LeadEngine.Storage.Gathering;

/// <summary>Calls that are too rare to be gathered: tried again while the store is busy, until patience ends.</summary>
internal sealed class PatientCaller(TimeSpan patience, TimeProvider clock, Random random, RetryCount retries = default)
{
    /// <summary>For calls that are safe to repeat when nobody knows what became of the first try.</summary>
    public Task<T> Repeat<T>(Func<CancellationToken, Task<T>> call) => Repeat(call, whenInDoubt: true);

    /// <inheritdoc cref="Repeat{T}(Func{CancellationToken, Task{T}})"/>
    public Task Repeat(Func<CancellationToken, Task> call) => Repeat(
        async cancel =>
        {
            await call(cancel);
            return true;
        },
        whenInDoubt: true);

    /// <summary>For calls whose second try would take the effect of the first for somebody else's.</summary>
    public Task<T> RepeatWhileBusy<T>(Func<CancellationToken, Task<T>> call) => Repeat(call, whenInDoubt: false);

    private async Task<T> Repeat<T>(Func<CancellationToken, Task<T>> call, bool whenInDoubt)
    {
        var start = clock.GetTimestamp();
        var backoff = new Backoff(clock, random, retries);
        StoreOutcomeUnknownException? doubt = null;
        while (true)
        {
            try
            {
                return await call(CancellationToken.None);
            }
            catch (StoreBusyException) when (HasPatience(start))
            {
                await backoff.Pause(CancellationToken.None);
            }
            catch (StoreBusyException) when (doubt is not null)
            {
                throw doubt;
            }
            catch (StoreOutcomeUnknownException unknown) when (whenInDoubt && HasPatience(start))
            {
                doubt = unknown;
                await backoff.Pause(CancellationToken.None);
            }
        }
    }

    private bool HasPatience(long start) => clock.GetElapsedTime(start) < patience;
}
