using System.Collections.Immutable;
using System.Globalization;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.People;
using LeadEngine.Simulation.Engine;

namespace LeadEngine.Simulation.Clients;

/// <summary>What is said of the same people through the outreach dialects.</summary>
internal sealed partial class Town
{
    private static readonly string[] Names = ["Ann", "Bob", "Cleo"];

    private readonly List<long> _people = [1, 2, 3, 4, 999];
    private readonly List<string> _codes = ["nowhere"];

    /// <summary>The first two campaigns share an account, and so its people; the third has one of its own.</summary>
    public static long AccountOf(long campaignId) => campaignId == 3 ? 2 : 1;

    public static PostingStrategy PostingOf(long campaignId) => (PostingStrategy)(campaignId % 3);

    public static string UrlOf(string code) => $"https://x.org/{code}";

    public IEnumerable<long> Accounts => Campaigns.Select(AccountOf).Distinct();

    /// <summary>The codes of short links, and one that nobody made.</summary>
    public IReadOnlyList<string> Codes => _codes;

    public void LearnPerson(long personId)
    {
        if (!_people.Contains(personId)) _people.Add(personId);
    }

    /// <summary>The number of an errand; what it writes tells of it.</summary>
    public int NumberOf(Command command) => command switch
    {
        Import { People: [{ Details: var details }, ..] } => NumberIn(details.CustomFields),
        PersonEdit { Patch: var patch } => NumberIn(patch.CustomFields),
        Bulk { Number: var number } => number,
        _ => ++_requests,
    };

    /// <summary>Aktify's way to post a lead.</summary>
    private ClientRequest DrawPosted(Chance chance)
    {
        var number = ++_requests;
        var hasLink = chance.Happens(0.3);
        if (hasLink) _codes.Add($"c{number}");
        return new ClientRequest
        {
            Number = number,
            CampaignId = DrawCampaign(chance),
            IdentifiedBy = Identification.Phone,
            MustBeNew = true,
            Phone = chance.Of(Phones),
            Email = chance.Happens(0.6) ? chance.Of(Emails) : null,
            FirstName = chance.Of(Names),
            LinkCode = hasLink ? $"c{number}" : null,
            ExternalCreatedAt = chance.Happens(0.5) ? DateTimeOffset.UnixEpoch.AddDays(chance.Between(0, 3)) : null,
            Key = chance.Happens(0.15) ? DrawKey(chance) : null,
        };
    }

    /// <summary>SendKit's way to add leads: of two with one e-mail address the first counts. Colleagues share a phone.</summary>
    public ClientRequest[] DrawEntries(Chance chance)
    {
        var campaign = DrawCampaign(chance);
        var company = chance.Happens(0.5) ? chance.Of(Phones) : null;
        var entries = Enumerable.Range(0, chance.Between(1, 5)).Select(_ => new ClientRequest
        {
            Number = ++_requests,
            CampaignId = campaign,
            IdentifiedBy = Identification.Email,
            MustBeNew = true,
            Email = chance.Of(Emails),
            Phone = company ?? (chance.Happens(0.6) ? chance.Of(Phones) : null),
            FirstName = chance.Happens(0.5) ? chance.Of(Names) : null,
        });
        return [.. entries.ToList().DistinctBy(entry => entry.Email)];
    }

    public Removal DrawRemoval(Chance chance) => new(DrawCampaign(chance), DrawLead(chance), chance.Happens(0.5));

    public MemberRuling DrawMemberRuling(Chance chance) => new(
        DrawCampaign(chance),
        [.. Enumerable.Range(0, chance.Between(1, 3)).Select(_ => DrawLead(chance)).Distinct()],
        chance.Happens(0.6) ? MemberStatus.Paused : MemberStatus.AsCampaign);

    public Import DrawImport(Chance chance)
    {
        var mark = Mark(++_requests);
        return new Import(DrawAccount(chance), [.. Enumerable.Range(0, chance.Between(1, 3)).Select(_ => DrawPerson(chance, mark))], chance.Happens(0.5));
    }

    public PersonEdit DrawEdit(Chance chance) => new(DrawAccount(chance), DrawPersonId(chance), new PersonPatch
    {
        FirstName = chance.Happens(0.4) ? chance.Of(["Ann", "Bob", ""]) : null,
        Phone = chance.Happens(0.4) ? chance.Of(Phones) : null,
        CustomFields = Mark(++_requests),
    });

    public Deletion DrawDeletion(Chance chance) => new(
        DrawAccount(chance), [.. Enumerable.Range(0, chance.Between(1, 3)).Select(_ => DrawPersonId(chance)).Distinct()], chance.Happens(0.5));

    public Click DrawClick(Chance chance) => new(chance.Of(_codes));

    public Search DrawSearch(Chance chance) => new(DrawAccount(chance), chance.Of([.. Names, .. Emails, .. Phones]));

    public Ban DrawBan(Chance chance) => new(DrawAccount(chance), new DoNotContact(DoNotContactKind.Phone, chance.Of(Phones), "asked"));

    private NewPerson DrawPerson(Chance chance, ImmutableArray<CustomField> mark)
    {
        var hasEmail = chance.Happens(0.6);
        return new NewPerson
        {
            Email = hasEmail ? chance.Of(Emails) : null,
            Phone = hasEmail && chance.Happens(0.5) ? null : chance.Of(Phones),
            Details = new PersonDetails { FirstName = chance.Happens(0.5) ? chance.Of(Names) : null, CustomFields = mark },
        };
    }

    private long DrawAccount(Chance chance) => AccountOf(DrawCampaign(chance));

    private long DrawPersonId(Chance chance) => chance.Of(_people);

    private static ImmutableArray<CustomField> Mark(int number) => [new CustomField($"r{number}", "1"), new CustomField("last", $"{number}")];

    /// <summary>The number of the errand that wrote these fields; 0 for none.</summary>
    public static int NumberIn(ImmutableArray<CustomField> fields) =>
        int.Parse(fields.SingleOrDefault(field => field.Name == "last")?.Json ?? "0", CultureInfo.InvariantCulture);
}
