using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using Microsoft.Extensions.Options;

namespace LeadEngine.ApiHost.Tests.Leads;

public sealed class EngineCallsTests
{
    private readonly ManualClock _clock = new() { Jumps = true };
    private readonly EngineCalls _calls;
    private readonly List<bool> _tries = [];

    public EngineCallsTests() => _calls = new EngineCalls(_clock, new Random(1));

    [Fact]
    public async Task UntilHeard_Heard_IsCalledOnce()
    {
        Assert.Equal(7, await Call(_ => Task.FromResult(7)));
        Assert.Equal([false], _tries);
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task UntilHeard_LostTwice_IsRepeatedAndToldSo(Exception lost)
    {
        Assert.Equal(7, await Call(tries => tries < 3 ? Task.FromException<int>(lost) : Task.FromResult(7)));
        Assert.Equal([false, true, true], _tries);
    }

    [Fact]
    public async Task UntilHeard_NeverHeard_EndsWithTheDeadline()
    {
        var start = _clock.GetTimestamp();
        await Assert.ThrowsAsync<OperationCanceledException>(() => Call(_ => Task.FromException<int>(new OperationCanceledException())));
        Assert.InRange(_clock.GetElapsedTime(start), TimeSpan.FromSeconds(8), TimeSpan.FromSeconds(10));
        Assert.InRange(_tries.Count, 10, 30);
    }

    [Fact]
    public async Task UntilHeard_NoAnswerAtAll_EndsWithTheDeadline()
    {
        var start = _clock.GetTimestamp();
        await Assert.ThrowsAsync<TimeoutException>(() => Call(_ => new TaskCompletionSource<int>().Task));
        Assert.Equal(TimeSpan.FromSeconds(10), _clock.GetElapsedTime(start));
    }

    [Fact]
    public async Task UntilHeard_Answered_IsNotRepeatedWhateverTheAnswer()
    {
        await Assert.ThrowsAsync<StoreBusyException>(() => Call(_ => Task.FromException<int>(new StoreBusyException("away"))));
        Assert.Equal([false], _tries);
    }

    public static TheoryData<Exception> Losses() => new(new TimeoutException(), new Orleans.Runtime.OrleansException("gone"), new OperationCanceledException());

    private Task<int> Call(Func<int, Task<int>> engine)
    {
        var deadline = new Deadlines(Options.Create(new HttpOptions()), _clock).Start();
        return _calls.UntilHeard(
            isRepeat =>
            {
                _tries.Add(isRepeat);
                return engine(_tries.Count);
            },
            deadline);
    }
}
