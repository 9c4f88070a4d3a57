namespace LeadEngine.Fuzz.Clients;

/// <summary>Which members of an object a client sends.</summary>
internal static class Choices
{
    private static readonly string[] Usual =
        ["email", "phoneNumber", "name", "label", "account_id", "account_id", "status", "action", "leadIds", "entries", "phoneNumbers"];

    // Those that go together: one in each row, as a rule.
    private static readonly string[][] Alternatives =
        [["leads", "filters", "selectAll"], ["leadIds", "deleteAll"], ["link", "linkToShorten"], ["region", "zipCode"]];

    public static IEnumerable<string> Of(IEnumerable<string> names, Chance chance)
    {
        List<string> all = [.. names];
        HashSet<string> chosen = [.. all.Where(name => chance.Happens(Usual.Contains(name) ? 0.9 : 0.25))];
        foreach (var row in Alternatives)
        {
            List<string> among = [.. row.Intersect(all)];
            if (among.Count < 2 || chance.Happens(0.05)) continue;
            chosen.ExceptWith(among);
            chosen.Add(chance.Of(among));
        }

        return all.Where(chosen.Contains);
    }
}
