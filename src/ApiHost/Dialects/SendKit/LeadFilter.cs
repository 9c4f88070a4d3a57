using System.Collections.Immutable;
using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;
using LeadEngine.People;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Reads <c>filters</c>. A name that is not known is refused: to pass over it would select everybody.</summary>
internal static class LeadFilter
{
    /// <summary>How many ids a list may hold that is looked up.</summary>
    public const int MaxIds = 5_000;

    /// <summary>An id that nothing has: they start at 1.</summary>
    public const long NobodysId = 0;

    public static Checked<PeopleFilter> Read(JsonElement json, ObjectIds ids)
    {
        if (json.ValueKind is not JsonValueKind.Object) return SendKitFaults.Invalid("filters must be an object");
        var filter = new PeopleFilter();
        foreach (var member in json.EnumerateObject())
        {
            var read = Read(member, filter, ids);
            if (!read.IsGood) return read;
            filter = read.Value;
        }

        return filter;
    }

    /// <summary>Whether a text has a word to search for.</summary>
    public static bool IsSearch(string text) => text.Length <= FieldLimits.NameLength && text.Any(char.IsLetterOrDigit);

    private static Checked<PeopleFilter> Read(JsonProperty member, PeopleFilter filter, ObjectIds ids)
    {
        var value = member.Value;
        if (member.NameEquals("leadIds"u8)) return WithIds(value, filter, ids);
        if (value.ValueKind is JsonValueKind.Null) return filter;
        if (member.NameEquals("tags"u8))
        {
            return TagList.Read(value) is { Length: > 0 and <= PersonDetails.MaxTags } tags
                ? filter with { Tags = tags }
                : SendKitFaults.Invalid($"filters.tags must be an array of 1 to {PersonDetails.MaxTags} tags");
        }

        if (member.NameEquals("search"u8))
        {
            return Json.TryText(value, out var text) && IsSearch(text)
                ? filter with { Search = text }
                : SendKitFaults.Invalid("filters.search must be a text with a letter or a digit");
        }

        if (member.NameEquals("emailVerified"u8))
        {
            return value.ValueKind is JsonValueKind.True or JsonValueKind.False
                ? filter with { EmailVerified = value.GetBoolean() }
                : SendKitFaults.Invalid("filters.emailVerified must be true or false");
        }

        if (member.NameEquals("country"u8))
        {
            return Json.TryText(value, out var text) && TagList.IsTag(text)
                ? filter with { Country = text.Trim() }
                : SendKitFaults.Invalid("filters.country must be a country");
        }

        return SendKitFaults.Invalid("filters can hold tags, search, emailVerified, country and leadIds");
    }

    // Ids that name nobody are left out; if none is left, nobody is meant rather than everybody.
    private static Checked<PeopleFilter> WithIds(JsonElement value, PeopleFilter filter, ObjectIds ids)
    {
        var read = IdList.Read(value, ObjectKind.Person, ids);
        if (read is not { Sent: > 0 and <= MaxIds }) return SendKitFaults.Invalid($"filters.leadIds must be an array of 1 to {MaxIds} ids");
        return filter with { Ids = read.Known.IsEmpty ? [NobodysId] : read.Known };
    }
}

/// <summary>Ids to leave out.</summary>
internal static class Exclusions
{
    /// <summary>Reads <c>excludeIds</c>. One that names nothing is refused: whoever it was meant to name would not be left out.</summary>
    public static Checked<HashSet<long>> Read(JsonElement json, ObjectKind kind, ObjectIds ids)
    {
        if (!Json.TryMember(json, "excludeIds"u8, out var value)) return new HashSet<long>();
        if (value.ValueKind is not JsonValueKind.Array) return SendKitFaults.Invalid("excludeIds must be an array of ids");
        var excluded = new HashSet<long>();
        foreach (var item in value.EnumerateArray())
        {
            if (!Json.TryText(item, out var text) || !ids.TryDecode(kind, text, out var id))
            {
                return SendKitFaults.Invalid("excludeIds holds something that is no id");
            }

            excluded.Add(id);
        }

        return excluded;
    }
}

/// <summary>A list of ids.</summary>
/// <param name="Known">Those that this installation gave out, each once.</param>
/// <param name="Sent">How many were sent.</param>
internal sealed record IdList(ImmutableArray<long> Known, int Sent)
{
    /// <returns>Null when it is no list of texts.</returns>
    public static IdList? Read(JsonElement value, ObjectKind kind, ObjectIds ids)
    {
        if (value.ValueKind is not JsonValueKind.Array) return null;
        var known = new HashSet<long>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind is not JsonValueKind.String) return null;
            if (Json.TryText(item, out var text) && ids.TryDecode(kind, text, out var id)) known.Add(id);
        }

        return new IdList([.. known], value.GetArrayLength());
    }
}
