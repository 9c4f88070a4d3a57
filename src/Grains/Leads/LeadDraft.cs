using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage;
using LeadEngine.Webhooks;

namespace LeadEngine.Grains.Leads;

/// <summary>A write of a lead in the making.</summary>
internal sealed class LeadDraft(StoredLead stored)
{
    private readonly ImmutableArray<IdempotencyClaim>.Builder _claims = ImmutableArray.CreateBuilder<IdempotencyClaim>();
    private readonly ImmutableArray<EventNote>.Builder _events = ImmutableArray.CreateBuilder<EventNote>();
    private readonly ImmutableArray<long>.Builder _tasks = ImmutableArray.CreateBuilder<long>();
    private readonly SortedSet<long> _earned = [];
    private RequestLog _requests = stored.Requests;
    private long _points;
    private bool _isChange;
    private bool _isReview;
    private bool _onlyWhileOpen;

    /// <summary>The lead as the requests so far leave it.</summary>
    public Lead Lead { get; private set; } = stored.Lead;

    /// <summary>The same with the address that it gains: if somebody else has that, the write is refused as a whole.</summary>
    public Lead LeadWithEmail => Lead.Email is null && Email is not null ? Lead with { Email = Email } : Lead;

    /// <summary>The e-mail address to gain.</summary>
    public string? Email { get; private set; }

    /// <summary>The phone number to gain.</summary>
    public string? Phone { get; private set; }

    /// <summary>What the row tells of a request, with those that were taken so far.</summary>
    public Sighting Look(LeadRequest request) => request.SightIn(_requests);

    public void Take(LeadRequest request, LeadEffect effect)
    {
        _isChange = true;
        Lead = effect.After.Email == Lead.Email ? effect.After : effect.After with { Email = Lead.Email };
        _requests = RequestRules.Remember(_requests, request.Stamp);
        Email ??= request.EmailToClaim(stored.Lead);
        Phone ??= request.PhoneToClaim(stored.Lead);
        _points += effect.Points;
        _earned.UnionWith(effect.Earned);
        _events.AddRange(effect.Events);
        _isReview |= effect.IsReview;
        _onlyWhileOpen |= effect.OnlyWhileOpen;
        if (request.Stamp.Idempotency is { } claim) _claims.Add(claim);
    }

    /// <summary>Queued work is over with the write, also if it found nothing to do.</summary>
    public void EndTask(long? taskId)
    {
        if (taskId is { } over) _tasks.Add(over);
    }

    /// <summary>Null when there is nothing to write.</summary>
    public LeadChange? ToChange() => !_isChange && _tasks.Count == 0 ? null : new LeadChange
    {
        After = Lead,
        ExpectedVersion = stored.Version,
        Requests = _requests,
        ClaimEmail = Email,
        ClaimPhone = Phone,
        Points = (int)Math.Clamp(_points, int.MinValue, int.MaxValue),
        Earned = [.. _earned],
        CountsAs = ReferralClasses.Of(Lead.Profile) is var next && next != ReferralClasses.Of(stored.Lead.Profile) ? next : null,
        IsReview = _isReview,
        OnlyWhileOpen = _onlyWhileOpen,
        Tasks = _tasks.ToImmutable(),
        Events = _events.ToImmutable(),
        Idempotency = _claims.ToImmutable(),
        ConcernsPerson = (Lead.Email is null && Email is not null) || Phone is not null
            || LeadRules.ConcernsPerson(stored.Lead.Profile, Lead.Profile),
    };
}
