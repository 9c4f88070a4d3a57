using System.Globalization;
using LeadEngine.Fuzz.Api;
using LeadEngine.Fuzz.Requests;
using LeadEngine.Fuzz.Wire;

namespace LeadEngine.Fuzz.Clients;

/// <summary>Says what a client in its right mind would send for a parameter, with the people and the ids of one account.</summary>
internal sealed class Vocabulary(Account account, int idsOf, Memory memory, Chance chance, Draft draft)
{
    private const int MostEntries = 12;

    /// <summary>A value for a parameter.</summary>
    public Node Of(string name, ApiSchema schema)
    {
        if (schema.Allowed.Count > 0) return Node.Text(chance.Of(schema.Allowed));
        return ByName(name.ToLowerInvariant(), schema) ?? BySchema(schema);
    }

    /// <summary>The members of an object, each there with some likelihood.</summary>
    public ObjectNode Members(ApiSchema schema) => Node.Object(
        Choices.Of(schema, chance)
            .Select(name => (name, Of(name, schema.Members.First(member => member.Name == name).Schema))));

    /// <summary>What was kept under a name; null when nothing was.</summary>
    public string? Recall(string name) => memory.Recall(idsOf, name, chance);

    /// <summary>An id that was kept under a name, else one that nobody has.</summary>
    public string Id(string name) =>
        Recall(name) ?? chance.Random.NextInt64().ToString("x24", CultureInfo.InvariantCulture);

    /// <summary>An action of the campaign, or a tag, which is listed beside them.</summary>
    public string Action() => Of(draft.Campaign is { } campaign ? [.. campaign.Actions, .. campaign.Actions, .. campaign.Tags] : []);

    /// <summary>A campaign that was there from the start, or another one.</summary>
    public string CampaignOfSendKit() =>
        draft.Campaign is { } campaign && chance.Happens(0.5) ? campaign.PublicId : Id("/v1/campaigns _id");

    private bool IsAdministration => draft.Operation.Dialect is Dialect.Administration;

    // Nobody is asked to sign up: who is not there gets it nowhere.
    private bool IsAboutLeads => draft.Operation is { NeedsKey: true } or { Method: "GET", Path: "/v2" or "/v2/{campaign_id}" };

    private Node? ByName(string name, ApiSchema schema) => name switch
    {
        "email" or "emails" when schema.Type == "array" => Named(() => Node.Text(Email())),
        "phone_number" when schema.Type == "array" => Named(() => Node.Text(Phone())),
        "social_id" when schema.Type == "array" => Named(SocialId),
        "email" => Node.Text(Email()),
        "phone_number" or "phone" or "phonenumber" => Node.Text(Phone()),
        "phonenumbers" => Some(() => Node.Text(Phone())),
        "country_code" => Node.Text(chance.Of(Words.CountryCodes)),
        "social_id" or "kid" or "kolid" => SocialId(),
        "tag_id" => Node.Text(Tag()),
        "event" => Node.Text(Event()),
        "events" => Some(() => Node.Text(Event()), least: 1),
        "url" => Node.Text(Url()),
        "channel" => Node.Text(chance.Of(Words.Channels)),
        "code" => Node.Text(chance.Between(0, 999_999).ToString("D6", CultureInfo.InvariantCulture)),
        "secret" => Node.Text($"secret of request {draft.Number:D8}"),
        "retries" or "retryattempts" => Node.Number(chance.Between(0, 3)),
        "timeout_ms" or "timeoutms" => Node.Number(chance.Between(1_000, 2_000)),
        "lead_description" => Node.Text(chance.Of(["first_name", "full_name", "social_id", "plan"])),
        "avatar_default" => Node.Text(chance.Of(["identicon", "icon", "ui"])),
        "name" or "label" or "title" => Node.Text($"{chance.Of(Words.Labels)} {chance.Between(1, 999)}"),
        "campaign_id" when IsAdministration => Node.Raw(draft.CampaignId),
        "id" when IsAdministration => Node.Number(0), // What is new in a list.
        "points" when IsAdministration => Node.Number(chance.Between(0, 5)),
        "required_points" or "signups_per_ip" or "per_minute" or "count" or "seconds" => Node.Number(chance.Between(1, 1_000)),
        "cors_origins" => Some(() => Node.Text(chance.Of(Words.Origins))),
        "email_domains" or "referrer_domains" => Some(() => Node.Text(chance.Of(Words.Domains))),
        "points" => Node.Number(chance.Of(Words.Points)),
        "limit" => Node.Number(chance.Of(Words.Limits)),
        "after" or "jump_start" or "referral_points" => Node.Number(chance.Between(0, 2)),
        "page" => Node.Number(chance.Between(1, 3)),
        "emailverified" => Node.Flag(chance.Happens(0.5)),
        "ip" => Node.Text(chance.Of(Words.Addresses)),
        "redirect_url" or "site_url" or "thankyou_url" or "link" or "linktoshorten" or "__referrer" or "referrer" or "linkedinurl" =>
            Node.Text(chance.Of(Words.Pages)),
        "__url" => Node.Text($"https://www.example.com/?first_name={chance.Of(Words.Labels)}&utm_source=x&kid=abcd1234"),
        "region" or "state" => Node.Text(chance.Of(Words.States)),
        "default_region" or "country" => Node.Text(chance.Of(Words.Countries)),
        "zipcode" => Node.Text(chance.Of(Words.Zips)),
        "externalcreated" => Node.Text(chance.Of(Words.Times)),
        "status" when draft.Operation is { Method: "PATCH", Dialect: Dialect.SendKit } => Node.Text(chance.Of(["active", "paused"])),
        "status" => Node.Text(chance.Of(Words.Statuses)),
        "action" => Node.Text(chance.Of(Words.Actions)),
        "posting_strategy" => Node.Text(chance.Of(Words.Strategies)),
        "account_id" => Node.Number(account.Id),
        "account_ids" => Node.List([Node.Number(account.Id)]),
        "metadata" or "customfields" => Node.Object((chance.Of(Words.Labels), Word()), ("plan", Word())),
        "tags" when schema.Items is { Members.Count: > 0 } tag => Some(() => Members(tag)),
        "tags" => schema.Type == "string" ? Word() : Some(Word),
        "search" => Node.Text(chance.Of(["p", "p1", "ada", account.Domain, "206"])),
        "cursor" => Node.Text(memory.Recall(idsOf, Memory.NameOf(draft.Operation.Path, "nextCursor"), chance) ?? ""),
        "leads" => Entries(),
        "filters" => Filters(),
        "leadids" when draft.Operation.Path.EndsWith("/leads/action", StringComparison.Ordinal) => Ids("/v1/campaigns/{}/leads _id"),
        "leadid" => Node.Text(Id("/v1/leads _id")),
        "leadids" or "excludeids" => Ids("/v1/leads _id"),
        "entries" => Some(() => Node.Object(("email", Node.Text($"d{draft.Number}@{account.Domain}")), ("reason", Word()))),
        "type" => Node.Text(chance.Of(["email", "domain"])),
        _ when name.EndsWith("name", StringComparison.Ordinal) => Node.Text(chance.Of(Words.Names)),
        _ => null,
    };

    private Node BySchema(ApiSchema schema) => schema.Type switch
    {
        "integer" or "number" => Node.Number(chance.Between(0, 2)),
        "boolean" => Node.Flag(chance.Happens(0.5)),
        "array" => Some(() => schema.Items is { } items ? BySchema(items) : Word()),
        "object" when schema.Members.Count > 0 => Members(schema),
        "object" => Node.Object((chance.Of(Words.Labels), Word())),
        _ => Word(),
    };

    private ListNode Entries()
    {
        var all = Node.List([]);
        for (var left = chance.Between(1, MostEntries); left > 0; left--)
        {
            all.Items.Add(chance.Happens(0.2) ? Node.Object(("leadId", Node.Text(Id("/v1/leads _id")))) : Entry());
        }

        return all;
    }

    private ObjectNode Entry() =>
        Node.Object(("email", Node.Text(Email())), ("firstName", Node.Text(chance.Of(Words.Names))), ("phone", Node.Text(Phone())));

    private ObjectNode Filters() => Node.Object(new (string, Func<Node>)[]
    {
        ("tags", () => Some(Word)), ("search", () => Of("search", ApiSchema.Anything)),
        ("emailVerified", () => Node.Flag(chance.Happens(0.5))),
        ("country", () => Node.Text(chance.Of(Words.Countries))), ("leadIds", () => Ids("/v1/leads _id")),
    }.Where(_ => chance.Happens(0.4)).Select(filter => (filter.Item1, filter.Item2())));

    private ListNode Ids(string name) => Some(() => Node.Text(Id(name)));

    private ListNode Some(Func<Node> make, int least = 0) =>
        Node.List(Enumerable.Range(0, chance.Between(least, 4)).Select(_ => make()));

    // One lead, or several: an action is completed by one.
    private Node Named(Func<Node> make) => draft.Operation.Path.Contains("/actions/", StringComparison.Ordinal) || chance.Happens(0.5)
        ? make()
        : Some(make, least: 1);

    private Node SocialId() => Node.Text(Known("social_id", otherwise: "abcd1234"));

    // Of a lead of the campaign, as far as one is known: most who sign up are new.
    private string Known(string member, string otherwise)
    {
        var known = Recall(Memory.LeadsOf(draft.CampaignId, member));
        return chance.Happens(IsAboutLeads || member == "social_id" ? 0.85 : 0.2) ? known ?? otherwise : otherwise;
    }

    private string Tag() => Of(draft.Campaign?.Tags ?? []);

    private string Of(IReadOnlyList<long> ids) => ids.Count > 0 && chance.Happens(0.9)
        ? chance.Of(ids).ToString(CultureInfo.InvariantCulture)
        : chance.Between(1, 9).ToString(CultureInfo.InvariantCulture);

    private string Event() => chance.Of(draft.Operation.Dialect switch
    {
        Dialect.SendKit => Words.SendKitEvents,
        Dialect.Administration => Words.AdminEvents,
        _ => Words.Events,
    });

    private string Url()
    {
        var known = Recall(Memory.ReceiversOf(draft.CampaignId));
        var url = chance.Happens(0.7) ? $"{account.Receiver}/{chance.Between(1, Receiver.Kinds)}" : chance.Of(Words.Receivers);
        return draft.Operation.Method == "DELETE" ? known ?? url : url;
    }

    private Node Word() => Node.Text(chance.Of(Words.Labels));

    // Most people come again; who has the number of a request comes with it alone.
    private string Email()
    {
        var email = chance.Happens(0.6)
            ? account.Email(chance.Random.Next(Account.People))
            : $"n{draft.Number}x{chance.Between(0, 99)}@{account.Domain}";
        email = Known("email", otherwise: email);
        draft.Mentioned.Add(email);
        return chance.Of([email, email, email, email.ToUpperInvariant(), $"  {email}"]);
    }

    private string Phone()
    {
        var phone = Known("phone_number", otherwise: account.Phone(chance.Random.Next(Account.People)));
        draft.Mentioned.Add(phone);
        var (area, line) = (phone[2..5], phone[8..]);
        return chance.Of([phone, phone, $"({area}) 555-{line}", $"{area}-555-{line}", $"1 {area} 555 {line}", $"{area}555{line}"]);
    }
}
