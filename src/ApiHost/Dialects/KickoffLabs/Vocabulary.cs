using System.Collections.Frozen;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Which names have a meaning in a request, and what becomes of the others.</summary>
internal sealed class Vocabulary
{
    /// <summary>Of requests that tell of a lead: what they say beside it is a custom field.</summary>
    public static readonly Vocabulary Lead = new(ParameterNames.OfLead) { KeepsOthers = true };

    /// <summary>Of all other requests: identifiers and events may come as lists there, and unknown names say nothing.</summary>
    public static readonly Vocabulary Command = new(ParameterNames.OfCommands);

    // In forms and queries a list is the same name again and again.
    private const string ListSuffix = "[]";

    private readonly FrozenDictionary<string, Parameter>.AlternateLookup<ReadOnlySpan<char>> _known;

    private Vocabulary(FrozenDictionary<string, Parameter> known)
    {
        _known = known.GetAlternateLookup<ReadOnlySpan<char>>();
        Size = 1 + known.Values.Where(parameter => parameter is not Parameter.Reserved).Max(parameter => (int)parameter);
    }

    /// <summary>How many parameters it has, from the first on.</summary>
    public int Size { get; }

    /// <summary>Unknown names are custom fields, and the address of a page is read for more.</summary>
    public bool KeepsOthers { get; private init; }

    public bool TryFind(ReadOnlySpan<char> lowerName, out Parameter parameter) => _known.TryGetValue(lowerName, out parameter);

    /// <summary>Finds the parameter of a name that says that it is one of a list: <c>email[]</c>.</summary>
    public bool TryFindListed(ReadOnlySpan<char> lowerName, out Parameter parameter)
    {
        parameter = default;
        return lowerName.EndsWith(ListSuffix, StringComparison.Ordinal)
            && TryFind(lowerName[..^ListSuffix.Length], out parameter)
            && MayBeList(parameter);
    }

    public bool MayBeList(Parameter parameter) => !KeepsOthers && parameter is
        Parameter.Email or Parameter.Emails or Parameter.PhoneNumber or Parameter.SocialId or Parameter.Kid
        or Parameter.Event or Parameter.Events;
}
