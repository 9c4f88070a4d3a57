using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.Leads;

namespace LeadEngine.Storage;

/// <summary>
/// Where leads, campaigns' lifecycles, scores, idempotency records and grain state are kept. A completed task means that the change is on
/// disk. All members throw <see cref="StoreBusyException"/> when nothing changed, and the writing ones
/// <see cref="StoreOutcomeUnknownException"/> when that is not known.
/// </summary>
public interface ILeadStore
{
    /// <summary>The next id of an account or a campaign.</summary>
    Task<long> NextId();

    /// <summary>Makes the row of a campaign: open, empty, epoch 0. A repeat changes nothing.</summary>
    Task CreateCampaign(long campaignId, long accountId);

    /// <summary>Takes the campaign's next epoch, which fences off every earlier activation, then reads what the new one needs.</summary>
    /// <returns>Null when there is no such campaign.</returns>
    Task<CampaignTenure?> TakeOver(long campaignId);

    /// <summary>Commits what waited at a campaign together, unless its activation has been succeeded by another.</summary>
    Task<UnitReply> Commit(CampaignUnit unit);

    /// <summary>Opens, ends or locks a campaign.</summary>
    /// <returns>False when the activation with that epoch has been succeeded by another.</returns>
    Task<bool> SetStatus(long campaignId, long epoch, CampaignStatus status);

    /// <summary>Writes a change that has no points.</summary>
    Task<LeadChangeReply> Write(LeadChange change);

    /// <summary>A lead by id; null when there is none.</summary>
    Task<StoredLead?> Read(long leadId);

    /// <summary>The id of the lead that an identifier names; null when there is none.</summary>
    Task<long?> Find(IdentifierKey identifier);

    /// <summary>Leads in rank order, from the first whose rank is greater.</summary>
    Task<ImmutableArray<Lead>> List(long campaignId, long afterRank, int limit);

    /// <summary>Leads in the posting order of a strategy, from the first after a place.</summary>
    Task<ImmutableArray<Lead>> ListPosted(long campaignId, PostingStrategy strategy, PostingPlace? after, int limit);

    /// <summary>
    /// What is kept under an idempotency key; null when nothing is, or it is older than <see cref="StoreOptions.IdempotencyAge"/>.
    /// </summary>
    Task<StoredAnswer?> ReadAnswer(string key);

    /// <summary>
    /// Keeps the answer for a key. A repeat changes nothing. An answer about a lead is kept only under a key that was spent with a change
    /// of that lead, and goes with it: when the lead was removed meanwhile, nothing is kept.
    /// </summary>
    Task SaveAnswer(string key, StoredAnswer answer);

    /// <summary>Removes up to 1,000 idempotency records that are too old.</summary>
    /// <returns>How many were removed.</returns>
    Task<int> ForgetOldAnswers();

    /// <summary>A secret of this installation, 32 random bytes, made at its first use and the same on all hosts.</summary>
    Task<byte[]> InstallationSecret(string name);

    /// <summary>The state of a grain; null when it has none.</summary>
    Task<GrainStateRow?> ReadState(string stateName, string grainKey);

    /// <summary>
    /// Writes the state of a grain if its etag is the expected one (null: the grain has none yet). What grains keep of a lead goes with it,
    /// and nothing is kept of one that is gone.
    /// </summary>
    /// <returns>The new etag; null when another was found.</returns>
    Task<string?> WriteState(string stateName, string grainKey, string json, string? expectedEtag);

    /// <summary>Removes up to 1,000 states of that name whose member <c>ForgetAt</c>, in seconds since 1970, is over.</summary>
    /// <returns>How many were removed.</returns>
    Task<int> ForgetOldStates(string stateName);

    /// <summary>Whether the store answers.</summary>
    Task Ping();
}

/// <summary>The state of a grain.</summary>
/// <param name="Json">The state.</param>
/// <param name="Etag">Its version.</param>
public sealed record GrainStateRow(string Json, string Etag);
