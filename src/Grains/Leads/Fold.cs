using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Grains.Leads;

/// <summary>
/// Requests about one lead that waited together, folded into one write. Each keeps its own step: the lead as that request left it, which is
/// what its sender is told once the write is on disk.
/// </summary>
internal sealed class Fold
{
    private readonly List<Step> _steps;

    private Fold(List<Step> steps, LeadChange? change) => (_steps, Change) = (steps, change);

    /// <summary>The write; null when there is nothing to write.</summary>
    public LeadChange? Change { get; }

    /// <summary>
    /// There is nothing to write, since the lead is as some of the requests want it, as far as is known. No store confirms that: another
    /// activation may have changed it since.
    /// </summary>
    public bool IsHearsay => Change is null && _steps.Exists(step => step is { Seen: Sighting.New, Refusal: null });

    /// <summary>
    /// How many of the requests can be folded: a write claims one e-mail address, and one phone number, and a review goes alone.
    /// </summary>
    public static int CountThatFit(Lead lead, IReadOnlyList<LeadRequest> requests)
    {
        if (requests is [{ IsReview: true }, ..]) return 1;
        string? email = null, phone = null;
        return requests.TakeWhile(request => !request.IsReview
            && (request.EmailToClaim(lead) is not { } another || (email ??= another) == another)
            && (request.PhoneToClaim(lead) is not { } number || (phone ??= number) == number)).Count();
    }

    public static Fold Of(StoredLead stored, IEnumerable<LeadRequest> requests)
    {
        var draft = new LeadDraft(stored);
        List<Step> steps = [];
        foreach (var request in requests) steps.Add(Apply(draft, request));
        return new Fold(steps, draft.ToChange());
    }

    /// <summary>The replies, in the order of the requests.</summary>
    /// <param name="stored">The lead as the write left it: what it could not claim is not there.</param>
    /// <param name="standing">Where the lead stands after the write.</param>
    public IEnumerable<LeadReply> Replies(StoredLead stored, Standing standing) => _steps.Select(step => step.Refusal is { } why
        ? LeadReply.Refused(why)
        : LeadReply.Accepted(step.As(stored.Lead), standing, isNew: step.Seen is Sighting.MadeTheLead));

    private static Step Apply(LeadDraft draft, LeadRequest request)
    {
        var seen = draft.Look(request);
        LeadRefusal? refusal = seen is Sighting.Forgotten ? LeadRefusal.Unknown : null;
        if (seen is Sighting.New)
        {
            var effect = request.On(draft.LeadWithEmail);
            refusal = request.RefusalOf(effect);
            // A repeat is remembered also if there is nothing to do: another try that is still on its way may come when there would be.
            // And a key is spent, whatever it was used for.
            var isKept = effect.IsChange || request.Stamp is { IsRepeat: true } or { Idempotency: not null };
            if (refusal is null && isKept) draft.Take(request, effect);
        }

        if (refusal is null) draft.EndTask(request.TaskId);
        return new Step(draft.Lead, draft.Email, draft.Phone, seen, refusal);
    }

    private readonly record struct Step(Lead Lead, string? Email, string? Phone, Sighting Seen, LeadRefusal? Refusal)
    {
        public Lead As(Lead stored) => Lead with
        {
            Email = Lead.Email ?? (Email is null ? null : stored.Email),
            Phone = Lead.Phone ?? (Phone is null ? null : stored.Phone),
        };
    }
}
