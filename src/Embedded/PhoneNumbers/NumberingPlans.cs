using System.Collections.Frozen;

namespace PhoneNumbers;

/// <summary>Every region's plan, found by region or by calling code.</summary>
internal sealed class NumberingPlans
{
    private const int LongestCallingCode = 3;
    private const string NonGeographic = "001";

    private readonly FrozenDictionary<string, NumberingPlan> byRegion;

    // A calling code's main region comes first, as in the data file.
    private readonly NumberingPlan[]?[] byCallingCode = new NumberingPlan[1000][];

    public NumberingPlans()
    {
        using var resource = typeof(NumberingPlans).Assembly.GetManifestResourceStream("PhoneNumbers.numbering-plans.tsv")!;
        using var reader = new StreamReader(resource);
        var lines = reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var plans = lines.Skip(1).Select(line => new NumberingPlan(line.Split('\t'))).ToList();
        byRegion = plans.Where(plan => plan.Region != NonGeographic).ToFrozenDictionary(plan => plan.Region);
        foreach (var group in plans.GroupBy(plan => plan.CountryCode)) byCallingCode[group.Key] = [.. group];
    }

    public IEnumerable<string> Regions => byRegion.Keys;

    public NumberingPlan? OfRegion(string? region) => region is null ? null : byRegion.GetValueOrDefault(region);

    public ReadOnlySpan<NumberingPlan> OfCallingCode(int callingCode) =>
        (uint)callingCode < (uint)byCallingCode.Length ? byCallingCode[callingCode] : null;

    public NumberingPlan? OfNumber(int callingCode, ReadOnlySpan<char> national)
    {
        var plans = OfCallingCode(callingCode);
        if (plans.Length == 1) return plans[0];
        foreach (var plan in plans)
        {
            if (plan.Claims(national)) return plan;
        }

        return null;
    }

    /// <summary>Takes the calling code off the digits and gives its main region's plan; where there is none, takes nothing.</summary>
    public NumberingPlan? TakeCallingCode(ref ReadOnlySpan<char> digits)
    {
        var callingCode = 0;
        for (var length = 1; length <= LongestCallingCode && length <= digits.Length; length++)
        {
            callingCode = (callingCode * 10) + digits[length - 1] - '0';
            if (callingCode == 0) return null;
            if (OfCallingCode(callingCode) is not [var main, ..]) continue;
            digits = digits[length..];
            return main;
        }

        return null;
    }
}
