using LeadEngine.Fuzz.Api;

namespace LeadEngine.Fuzz.Clients;

/// <summary>Which members of an object a client sends.</summary>
internal static class Choices
{
    // Not said to be required, but little comes of a request without.
    private static readonly string[] Usual =
    [
        "email", "name", "label", "account_id", "status", "action", "leadIds", "url", "event", "events", "channel", "timeoutMs",
    ];

    // Good for nothing: there are no AI tags, and no mail.
    private static readonly string[] InVain = ["aiTag", "double_opt_in"];

    // Those that go together: one in each row, as a rule.
    private static readonly string[][] Alternatives =
        [["leads", "filters", "selectAll"], ["leadIds", "deleteAll"], ["link", "linkToShorten"], ["region", "zipCode"], ["event", "events"]];

    // Leads are named by identifiers of one kind, where there may be several of them.
    private static readonly string[] Identifiers = ["email", "emails", "phone_number", "social_id"];

    public static IEnumerable<string> Of(ApiSchema schema, Chance chance)
    {
        List<string> all = [.. schema.Members.Select(member => member.Name)];
        HashSet<string> chosen = [.. all.Where(name => chance.Happens(LikelihoodOf(name, schema)))];
        var namesLeads = schema.Members.Any(member => member is { Name: "email", Schema.Type: "array" });
        foreach (var row in namesLeads ? [.. Alternatives, Identifiers] : Alternatives)
        {
            List<string> among = [.. row.Intersect(all)];
            if (among.Count < 2 || chance.Happens(0.05)) continue;
            chosen.ExceptWith(among);
            chosen.Add(chance.Of(among));
        }

        return all.Where(chosen.Contains);
    }

    private static double LikelihoodOf(string name, ApiSchema schema)
    {
        if (schema.Required.Contains(name)) return 0.98;
        if (InVain.Contains(name)) return 0.03;
        return Usual.Contains(name) ? 0.85 : 0.25;
    }
}
