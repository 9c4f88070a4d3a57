using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.Leads;

namespace LeadEngine.Storage;

/// <summary>
/// One database. <c>LeadStore</c> gathers what it hands over here, tries again what may be tried again and keeps the time; a driver
/// does each call at once, in one transaction, and throws <see cref="StoreBusyException"/> when nothing changed (no connection, lock or
/// statement time-out, deadlock, disk full) and <see cref="StoreOutcomeUnknownException"/> when a commit may or may not have happened.
/// </summary>
internal interface IStoreDriver : IAsyncDisposable
{
    /// <summary>Brings the schema up to date; safe when two processes do it at once.</summary>
    Task Open(CancellationToken cancel);

    /// <summary>Commits a batch in one transaction. Each part is applied or refused on its own; see <see cref="WriteBatch"/>.</summary>
    Task<BatchReply> Commit(WriteBatch batch, CancellationToken cancel);

    /// <summary>One lead for each id, null where there is none.</summary>
    Task<StoredLead?[]> Read(IReadOnlyList<long> leadIds, CancellationToken cancel);

    /// <summary>One lead id for each identifier, null where there is none.</summary>
    Task<long?[]> Find(IReadOnlyList<IdentifierKey> identifiers, CancellationToken cancel);

    Task<long> NextId(CancellationToken cancel);

    Task CreateCampaign(long campaignId, long accountId, CancellationToken cancel);

    Task<CampaignTenure?> TakeOver(long campaignId, CancellationToken cancel);

    Task<bool> SetStatus(long campaignId, long epoch, CampaignStatus status, CancellationToken cancel);

    Task<ImmutableArray<Lead>> List(long campaignId, long afterRank, int limit, CancellationToken cancel);

    Task<ImmutableArray<Lead>> ListPosted(
        long campaignId, PostingStrategy strategy, PostingPlace? after, int limit, CancellationToken cancel);

    Task<StoredAnswer?> ReadAnswer(string key, DateTimeOffset notBefore, CancellationToken cancel);

    Task<int> ForgetAnswers(DateTimeOffset before, int limit, CancellationToken cancel);

    Task<byte[]> InstallationSecret(string name, CancellationToken cancel);

    Task<GrainStateRow?> ReadState(string stateName, string grainKey, CancellationToken cancel);

    Task<string?> WriteState(string stateName, string grainKey, string json, string? expectedEtag, CancellationToken cancel);

    Task<int> ForgetStates(string stateName, DateTimeOffset before, int limit, CancellationToken cancel);

    Task Ping(CancellationToken cancel);

    /// <summary>The directories of people in the same database.</summary>
    IDirectoryDriver Directory { get; }

    /// <summary>The short links in the same database.</summary>
    ILinkDriver Links { get; }

    /// <summary>The promised work in the same database.</summary>
    ITaskDriver Tasks { get; }

    /// <summary>The subscriptions in the same database, and what is on its way to them.</summary>
    IWebhookDriver Webhooks { get; }
}

/// <summary>
/// What goes into one transaction: units first, then changes, then answers. A batch holds at most one unit of a campaign and at most one
/// change or removal of a lead, those in units included.
/// </summary>
/// <param name="Units">Units of different campaigns.</param>
/// <param name="Changes">Changes without points.</param>
/// <param name="Answers">Answers to keep.</param>
/// <param name="Now">The time of the transaction.</param>
internal sealed record WriteBatch(
    ImmutableArray<CampaignUnit> Units, ImmutableArray<LeadChange> Changes, ImmutableArray<KeyedAnswer> Answers, DateTimeOffset Now);

/// <summary>An answer and the idempotency key that it is kept under.</summary>
internal readonly record struct KeyedAnswer(string Key, StoredAnswer Answer);

/// <summary>What became of the units and changes of a <see cref="WriteBatch"/>, in order.</summary>
internal sealed record BatchReply(ImmutableArray<UnitReply> Units, ImmutableArray<LeadChangeReply> Changes);
