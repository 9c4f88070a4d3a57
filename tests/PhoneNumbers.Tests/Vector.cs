using PhoneNumbers;

namespace LeadEngine.PhoneNumbers.Tests;

internal sealed record Outcome(ErrorType? Refusal, string? E164, bool IsValid, string? Region);

/// <summary>A line of the oracle's: a text, the region where it was written, and what became of it.</summary>
internal sealed record Vector(string? Region, string Text, Outcome Expected)
{
    public static Vector Read(string line) => line.Split('\t') switch
    {
        [var region, var text, var error] => new(OrNull(region), text, new(Enum.Parse<ErrorType>(error), null, false, null)),
        [var region, var text, var e164, var validity, var numbersRegion] =>
            new(OrNull(region), text, new(null, e164, validity == "valid", OrNull(numbersRegion))),
        _ => throw new FormatException(line),
    };

    private static string? OrNull(string value) => value.Length == 0 ? null : value;
}
