using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Campaigns;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Whom to add to a campaign: the three modes of the vendor's page.</summary>
internal sealed record LeadSelection
{
    /// <summary>The entries of <c>leads</c>; null in the other modes.</summary>
    public JsonElement? Entries { get; private init; }

    /// <summary>Whom of the workspace; null with entries.</summary>
    public PeopleFilter? Filter { get; private init; }

    /// <summary>Whom not.</summary>
    public HashSet<long> Excluded { get; private init; } = [];

    public static Checked<LeadSelection> Read(JsonElement json, ObjectIds ids)
    {
        if (!Json.TryFlag(json, "selectAll"u8, out var all)) return SendKitFaults.Invalid("selectAll must be true or false");
        var hasEntries = Json.TryMember(json, "leads"u8, out var entries);
        var hasFilters = Json.TryMember(json, "filters"u8, out var filters);
        if (hasEntries) return hasFilters || all ? SendKitFaults.ModeMissing : OfEntries(entries);

        // Filters that say nothing describe everybody, which has a name of its own.
        var isOpen = !hasFilters || (filters.ValueKind is JsonValueKind.Object && !filters.EnumerateObject().MoveNext());
        if (isOpen && !all) return SendKitFaults.ModeMissing;
        var filter = isOpen ? new PeopleFilter() : LeadFilter.Read(filters, ids);
        if (!filter.IsGood) return filter.Fault;

        var excluded = Exclusions.Read(json, ObjectKind.Person, ids);
        if (!excluded.IsGood) return excluded.Fault;
        if (!all && filter.Value == new PeopleFilter()) return SendKitFaults.ModeMissing;
        return new LeadSelection { Filter = filter.Value, Excluded = excluded.Value };
    }

    private static Checked<LeadSelection> OfEntries(JsonElement entries)
    {
        if (entries.ValueKind is not JsonValueKind.Array) return SendKitFaults.Invalid("leads must be an array");
        return entries.GetArrayLength() switch
        {
            0 => SendKitFaults.ModeMissing,
            > AddLeads.MaxLeads => SendKitFaults.Invalid($"A request can hold {AddLeads.MaxLeads} leads at most"),
            _ => new LeadSelection { Entries = entries },
        };
    }
}
