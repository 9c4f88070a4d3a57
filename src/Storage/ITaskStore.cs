using System.Collections.Immutable;
using LeadEngine.Leads;

namespace LeadEngine.Storage;

/// <summary>Work that was promised and not yet done. Exceptions as of <see cref="ILeadStore"/>.</summary>
public interface ITaskStore
{
    /// <summary>Keeps work, all of it or none.</summary>
    Task Queue(long campaignId, ImmutableArray<NewTask> tasks);

    /// <summary>
    /// Takes work that is due, oldest first, at most one piece for each lead. It is not handed out again before the lease is over.
    /// A piece that was carried out is gone with the change that did it (<see cref="Campaigns.LeadChange.Tasks"/>), or with the lead.
    /// </summary>
    Task<ImmutableArray<DueTask>> TakeDue(int limit, TimeSpan lease);

    /// <summary>Puts work off, or removes it when there is nothing left to do.</summary>
    /// <param name="taskId">Which.</param>
    /// <param name="until">Until when; null to remove it.</param>
    Task PutOff(long taskId, DateTimeOffset? until);
}

/// <summary>Work to keep.</summary>
/// <param name="LeadId">The lead.</param>
/// <param name="Order">What to do with it.</param>
/// <param name="Subject">The tag, or 0.</param>
/// <param name="RequestId">Under this id the change is made, so that it is made once.</param>
/// <param name="RequestedAt">When it was asked for.</param>
public readonly record struct NewTask(long LeadId, LeadOrder Order, long Subject, Guid RequestId, DateTimeOffset RequestedAt);

/// <summary>Work that is due.</summary>
/// <param name="Id">Its id.</param>
/// <param name="CampaignId">The campaign.</param>
/// <param name="Task">What to do.</param>
public readonly record struct DueTask(long Id, long CampaignId, NewTask Task);
