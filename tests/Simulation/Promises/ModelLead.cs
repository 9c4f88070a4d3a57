using System.Globalization;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Clients;

namespace LeadEngine.Simulation.Promises;

/// <summary>What the model knows of a lead: what it was after each request, one after the other.</summary>
internal sealed class ModelLead(long id, long campaignId, long rank, long? parentId)
{
    private const int Remembered = 32;

    private readonly List<(string Name, string Value)> _fields = [];
    private readonly List<SeenRequest> _seen = [];
    private readonly List<Step> _steps = [];
    private readonly List<(int At, LeadScore Score)> _scores = [];
    private string? _firstName;
    private string? _contactEmail;
    private string? _contactPhone;
    private int _counter;

    public long Id => id;

    public long CampaignId => campaignId;

    public long Rank => rank;

    public long? ParentId => parentId;

    public string? Email { get; private set; }

    public string? Phone { get; private set; }

    /// <summary>The position at which it was removed; null while it is there.</summary>
    public int? RemovedAt { get; private set; }

    public bool IsGone => RemovedAt is not null;

    /// <summary>What its account knows a person by, beside the name.</summary>
    public (string? Email, string? Phone, string? FirstName) Identity => (Email ?? _contactEmail, Phone ?? _contactPhone, _firstName);

    /// <summary>The people that it was linked to, the last of whom it is.</summary>
    public List<long> PersonIds { get; } = [];

    public bool LinkTo(long personId)
    {
        PersonIds.Add(personId);
        return true;
    }

    public bool IsGoneBy(int position) => RemovedAt < position;

    public void Remove(int at) => RemovedAt = at;

    /// <summary>What was done with it.</summary>
    public ModelMarks Marks { get; private set; } = new();

    /// <summary>As what it counts for those who referred it.</summary>
    public ReferralClass CountsAs { get; set; } = ReferralClass.Unverified;

    private bool HasEmail => Email is not null || _contactEmail is not null;

    /// <summary>Its states, oldest first, one for each request.</summary>
    public IReadOnlyList<Step> Steps => _steps;

    /// <summary>Its scores, each with the position of the log entry that brought it.</summary>
    public IReadOnlyList<(int At, LeadScore Score)> Scores => _scores;

    public LeadScore Score => _scores.Count == 0 ? new() : _scores[^1].Score;

    /// <summary>What the row has to remember of its requests.</summary>
    public (IEnumerable<SeenRequest> Recent, DateTimeOffset? ForgottenUntil) Memory
    {
        get
        {
            var forgotten = _seen.SkipLast(Remembered).ToList();
            return (_seen.TakeLast(Remembered), forgotten.Count == 0 ? null : forgotten.Max(seen => seen.ReceivedAt));
        }
    }

    /// <summary>It has to wait from the first.</summary>
    public void Wait() => Marks = Marks with { Waitlisted = true };

    public void Apply(ClientRequest request, SeenRequest seen, bool gainsEmail, bool gainsPhone, int at)
    {
        if (request.Order is null) Update(request, gainsEmail, gainsPhone);
        Marks = Marks.After(request, HasEmail);
        _seen.Add(seen);
        _steps.Add(new Step(at, request.Number, _counter, Marks, HasEmail, ToString()));
    }

    private void Update(ClientRequest request, bool gainsEmail, bool gainsPhone)
    {
        _counter++;
        if (gainsEmail) Email = request.Email;
        if (gainsPhone) Phone = request.Phone;
        _firstName = request.FirstName ?? _firstName;
        _contactEmail = request.Patch.ContactEmail ?? _contactEmail;
        _contactPhone = request.Patch.ContactPhone ?? _contactPhone;
        foreach (var field in request.Patch.CustomFields) Set(field.Name, field.Json);
    }

    public void SetScore(LeadScore score, int at) => _scores.Add((at, score));

    public override string ToString() => Text(
        id, campaignId, rank, _counter, Email, Phone, _contactEmail, _contactPhone, parentId, _firstName, Marks, _fields);

    /// <summary>A lead in the form in which the model tells its own.</summary>
    public static string Text(Lead lead) => Text(
        lead.Id, lead.CampaignId, lead.Rank, lead.Counter, lead.Email, lead.Phone, lead.Profile.ContactEmail, lead.Profile.ContactPhone,
        lead.ParentId, lead.Profile.FirstName, ModelMarks.Of(lead.Profile),
        lead.Profile.CustomFields.Select(field => (field.Name, field.Json)));

    private static string Text(
        long id, long campaignId, long rank, long counter, string? email, string? phone, string? contactEmail, string? contactPhone,
        long? parent, string? firstName, ModelMarks marks, IEnumerable<(string Name, string Value)> fields) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"lead {id} of campaign {campaignId}, rank {rank}, counter {counter}, {email ?? "-"} ({contactEmail}), {phone ?? "-"} ({contactPhone}), parent {parent}, {firstName}{marks}: {string.Join(' ', fields)}");

    private void Set(string name, string value)
    {
        var at = _fields.FindIndex(field => field.Name == name);
        if (at < 0) _fields.Add((name, value));
        else _fields[at] = (name, value);
    }

    /// <summary>A state of a lead.</summary>
    /// <param name="At">The position of the log entry that brought it.</param>
    /// <param name="Request">The request that brought it.</param>
    /// <param name="Counter">How often it signed up by then.</param>
    /// <param name="Marks">What had been done with it.</param>
    /// <param name="HasEmail">It can be reached by mail.</param>
    /// <param name="Text">The state.</param>
    internal readonly record struct Step(int At, int Request, int Counter, ModelMarks Marks, bool HasEmail, string Text);
}
