using System.Text.RegularExpressions;
using LeadEngine.Fuzz.Clients;

namespace LeadEngine.Fuzz.Promises;

/// <summary>Nothing that is sent makes the engine log a fault of its own, or a person.</summary>
internal static partial class LogChecks
{
    private const int MaxTold = 3;
    private const int MaxShown = 3_000;

    public static IEnumerable<string> Of(string log, IReadOnlyList<Account> accounts)
    {
        foreach (Match fault in Faults().Matches(log).Take(MaxTold))
        {
            yield return $"The log tells of a fault: {log.AsSpan(fault.Index, Math.Min(MaxShown, log.Length - fault.Index))}";
        }

        foreach (var account in accounts)
        {
            if (log.Contains($"@{account.Domain}", StringComparison.OrdinalIgnoreCase)) yield return "The log holds an e-mail address.";
            string[] keys = [account.Key, account.User.Key, .. account.Campaigns.Select(campaign => campaign.Key)];
            if (Array.Exists(keys, key => log.Contains(key, StringComparison.Ordinal))) yield return "The log holds a key.";
        }
    }

    [GeneratedRegex(@"(?m)^\S+Z (Error|Critical) |^Unhandled exception", RegexOptions.CultureInvariant | RegexOptions.Multiline)]
    private static partial Regex Faults();
}
