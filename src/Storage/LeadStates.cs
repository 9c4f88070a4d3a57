using System.Globalization;

namespace LeadEngine.Storage;

/// <summary>Grains' state that belongs to a lead: it goes with the lead, and is not kept of one that is gone.</summary>
internal static class LeadStates
{
    /// <summary>The name of the state of verifications, and of their grains.</summary>
    public const string Verification = "verification";

    private const string KeyPrefix = $"{Verification}/";

    /// <summary>Where the state of a lead is kept.</summary>
    public static string KeyOf(long leadId) => string.Create(CultureInfo.InvariantCulture, $"{KeyPrefix}{leadId:X}");

    /// <summary>The lead that a state belongs to; null when it belongs to none.</summary>
    public static long? LeadOf(string stateName, string grainKey) =>
        stateName == Verification && grainKey.StartsWith(KeyPrefix, StringComparison.Ordinal)
        && long.TryParse(grainKey.AsSpan(KeyPrefix.Length), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var leadId)
            ? leadId
            : null;
}
