using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.Leads;

namespace LeadEngine.Storage.Tests.Gathering;

/// <summary>A database that does nothing until the test says what becomes of a call.</summary>
internal sealed class ScriptedDriver : IStoreDriver
{
    public bool IsOpen { get; private set; }

    public int Disposals { get; private set; }

    public List<ScriptedCall<WriteBatch, BatchReply>> Commits { get; } = [];

    public List<ScriptedCall<IReadOnlyList<long>, StoredLead?[]>> Reads { get; } = [];

    public List<ScriptedCall<IReadOnlyList<IdentifierKey>, long?[]>> Finds { get; } = [];

    /// <summary>All calls that are not gathered, with what tells them apart.</summary>
    public List<ScriptedCall<string, object?>> Others { get; } = [];

    public Task Open(CancellationToken cancel)
    {
        IsOpen = true;
        return Task.CompletedTask;
    }

    public Task<BatchReply> Commit(WriteBatch batch, CancellationToken cancel) => Add(Commits, batch, cancel);

    public Task<StoredLead?[]> Read(IReadOnlyList<long> leadIds, CancellationToken cancel) => Add(Reads, leadIds, cancel);

    public Task<long?[]> Find(IReadOnlyList<IdentifierKey> identifiers, CancellationToken cancel) => Add(Finds, identifiers, cancel);

    public Task<long> NextId(CancellationToken cancel) => Other<long>("NextId", cancel);

    public Task CreateCampaign(long campaignId, long accountId, CancellationToken cancel) => Other<object?>($"CreateCampaign {campaignId}", cancel);

    public Task<CampaignTenure?> TakeOver(long campaignId, CancellationToken cancel) => Other<CampaignTenure?>($"TakeOver {campaignId}", cancel);

    public Task<bool> SetStatus(long campaignId, long epoch, CampaignStatus status, CancellationToken cancel) =>
        Other<bool>($"SetStatus {campaignId} {epoch} {status}", cancel);

    public Task<ImmutableArray<Lead>> List(long campaignId, long afterRank, int limit, CancellationToken cancel) =>
        Other<ImmutableArray<Lead>>($"List {campaignId} {afterRank} {limit}", cancel);

    public Task<ImmutableArray<Lead>> ListPosted(
        long campaignId, PostingStrategy strategy, PostingPlace? after, int limit, CancellationToken cancel) =>
        throw new NotSupportedException("These are not gathered.");

    public IDirectoryDriver Directory => throw new NotSupportedException("These are not gathered.");

    public IWebhookDriver Webhooks => throw new NotSupportedException("These are not gathered.");

    public ILinkDriver Links => throw new NotSupportedException("These are not gathered.");

    public ITaskDriver Tasks => throw new NotSupportedException("These are not gathered.");

    public Task<StoredAnswer?> ReadAnswer(string key, DateTimeOffset notBefore, CancellationToken cancel) =>
        Other<StoredAnswer?>($"ReadAnswer {key} {notBefore:u}", cancel);

    public Task<int> ForgetAnswers(DateTimeOffset before, int limit, CancellationToken cancel) =>
        Other<int>($"ForgetAnswers {before:u} {limit}", cancel);

    public Task<byte[]> InstallationSecret(string name, CancellationToken cancel) => Other<byte[]>($"InstallationSecret {name}", cancel);

    public Task<GrainStateRow?> ReadState(string stateName, string grainKey, CancellationToken cancel) =>
        Other<GrainStateRow?>($"ReadState {stateName} {grainKey}", cancel);

    public Task<string?> WriteState(string stateName, string grainKey, string json, string? expectedEtag, CancellationToken cancel) =>
        Other<string?>($"WriteState {stateName} {grainKey} {json} {expectedEtag}", cancel);

    public Task<int> ForgetStates(string stateName, DateTimeOffset before, int limit, CancellationToken cancel) =>
        Other<int>($"ForgetStates {stateName} {before:u} {limit}", cancel);

    public Task Ping(CancellationToken cancel) => Other<object?>("Ping", cancel);

    public ValueTask DisposeAsync()
    {
        Disposals++;
        return ValueTask.CompletedTask;
    }

    private async Task<T> Other<T>(string what, CancellationToken cancel) => (T)(await Add(Others, what, cancel))!;

    private static Task<TReply> Add<TRequest, TReply>(
        List<ScriptedCall<TRequest, TReply>> calls, TRequest request, CancellationToken cancel)
    {
        var call = new ScriptedCall<TRequest, TReply>(request, cancel);
        calls.Add(call);
        return call.Reply.Task;
    }
}

internal sealed class ScriptedCall<TRequest, TReply>
{
    public ScriptedCall(TRequest request, CancellationToken cancel)
    {
        Request = request;
        cancel.Register(() => Reply.TrySetCanceled(cancel));
    }

    public TRequest Request { get; }

    public TaskCompletionSource<TReply> Reply { get; } = new();
}
