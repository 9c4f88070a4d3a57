using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Grains.Leads;

/// <summary>
/// Upserts of one lead that waited together, folded into one write. Each keeps its own step: the lead as that upsert left it, which is what
/// its sender is told once the write is on disk.
/// </summary>
internal sealed class Fold
{
    private readonly List<Step> _steps;

    private Fold(List<Step> steps, LeadChange? change) => (_steps, Change) = (steps, change);

    /// <summary>The write; null when all were repeats.</summary>
    public LeadChange? Change { get; }

    /// <summary>How many of the commands can be folded: a write claims one e-mail address, and one phone number.</summary>
    public static int CountThatFit(Lead lead, IEnumerable<UpsertLead> commands)
    {
        string? email = null, phone = null;
        return commands.TakeWhile(command =>
            (EmailToClaim(lead, command) is not { } another || (email ??= another) == another)
            && (PhoneToClaim(lead, command) is not { } number || (phone ??= number) == number)).Count();
    }

    public static Fold Of(StoredLead stored, IEnumerable<UpsertLead> commands)
    {
        var (lead, requests) = (stored.Lead, stored.Requests);
        string? email = null, phone = null;
        var points = 0L;
        List<Step> steps = [];
        var claims = ImmutableArray.CreateBuilder<IdempotencyClaim>();

        foreach (var command in commands)
        {
            var seen = RequestRules.Look(requests, command.Request);
            var next = LeadRules.Update(lead, command);
            var refusal = RefusalOf(command, seen, next);
            if (seen is Sighting.New && refusal is null)
            {
                lead = next;
                requests = RequestRules.Remember(requests, command.Request);
                email ??= EmailToClaim(stored.Lead, command);
                phone ??= PhoneToClaim(stored.Lead, command);
                points += command.Points;
                if (command.Request.Idempotency is { } claim) claims.Add(claim);
            }

            steps.Add(new Step(lead, email, phone, seen, refusal));
        }

        return new Fold(steps, lead == stored.Lead ? null : new LeadChange
        {
            After = lead,
            ExpectedVersion = stored.Version,
            Requests = requests,
            ClaimEmail = email,
            ClaimPhone = phone,
            Points = (int)Math.Clamp(points, int.MinValue, int.MaxValue),
            Idempotency = claims.ToImmutable(),
            ConcernsPerson = (lead.Email is null && email is not null) || phone is not null
                || LeadRules.ConcernsPerson(stored.Lead.Profile, lead.Profile),
        });
    }

    /// <summary>The replies, in the order of the commands.</summary>
    /// <param name="stored">The lead as the write left it: what it could not claim is not there.</param>
    /// <param name="standing">Where the lead stands after the write.</param>
    public IEnumerable<LeadReply> Replies(StoredLead stored, Standing standing) => _steps.Select(step => step.Refusal is { } why
        ? LeadReply.Refused(why)
        : LeadReply.Accepted(step.As(stored.Lead), standing, isNew: step.Seen is Sighting.MadeTheLead));

    private static LeadRefusal? RefusalOf(UpsertLead command, Sighting seen, Lead next) => seen switch
    {
        Sighting.Forgotten => LeadRefusal.Unknown,
        Sighting.New when command.IsRecall => LeadRefusal.LeadNotFound,
        Sighting.New when command.MustBeNew => LeadRefusal.AlreadyExists,
        Sighting.New when next.Profile.CustomFields.Length > LeadProfile.MaxCustomFields => LeadRefusal.TooManyFields,
        _ => null,
    };

    // Also if the lead keeps its own: as soon as somebody has the other address, the command is about that one. An address that does not
    // identify says nothing of that, and stays contact data.
    private static string? EmailToClaim(Lead lead, UpsertLead command) =>
        command.IdentifiedBy is Identification.Phone || command.Email == lead.Email ? null : command.Email;

    private static string? PhoneToClaim(Lead lead, UpsertLead command) => lead.Phone is null ? command.Phone : null;

    private readonly record struct Step(Lead Lead, string? Email, string? Phone, Sighting Seen, LeadRefusal? Refusal)
    {
        public Lead As(Lead stored) => Lead with
        {
            Email = Lead.Email ?? (Email is null ? null : stored.Email),
            Phone = Lead.Phone ?? (Phone is null ? null : stored.Phone),
        };
    }
}
