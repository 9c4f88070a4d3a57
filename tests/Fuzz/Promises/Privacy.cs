using System.Text.RegularExpressions;
using LeadEngine.Fuzz.Clients;
using LeadEngine.Fuzz.Requests;
using LeadEngine.Fuzz.Wire;

namespace LeadEngine.Fuzz.Promises;

/// <summary>No answer holds an e-mail address, a phone number or a key that its sender has no right to see and did not send.</summary>
internal static partial class Privacy
{
    public static IEnumerable<string> Leaks(Draft draft, Answer answer)
    {
        if (draft.Trust is Trust.Everything) yield break;
        foreach (Match key in Keys().Matches(answer.Text))
        {
            if (!draft.Mentioned.Contains(key.Value)) yield return "The answer holds a key.";
        }

        foreach (Match person in People().Matches(answer.Text))
        {
            if (draft.Mentioned.Contains(person.Value) || MaySee(draft, person.Value)) continue;
            yield return $"The answer tells of somebody else: {person.Value}";
        }
    }

    private static bool MaySee(Draft draft, string person)
    {
        var isOwn = person.EndsWith($"@{draft.Account.Domain}", StringComparison.OrdinalIgnoreCase)
            || Account.IsPhoneOf(draft.Account.Index, person);
        return isOwn && (draft.Trust is Trust.Account || draft.MayShowPeople);
    }

    [GeneratedRegex(@"sk_(user_)?\d+_\w{32}", RegexOptions.CultureInvariant)]
    private static partial Regex Keys();

    [GeneratedRegex(@"\b[a-z0-9]+@fuzz\d\.example|\+1\d{3}5550\d{3}(?!\d)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex People();
}
