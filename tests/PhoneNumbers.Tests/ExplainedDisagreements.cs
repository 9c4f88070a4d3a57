namespace LeadEngine.PhoneNumbers.Tests;

/// <summary>Where libphonenumber in JavaScript and libphonenumber-csharp differ; the reasons are in docs/phone-numbers.md.</summary>
internal static class ExplainedDisagreements
{
    public static IEnumerable<string> Texts => [.. EndInLettersThatAreNotAscii, .. MixLettersWithDigitsOfOtherScripts];

    private static IEnumerable<string> EndInLettersThatAreNotAscii { get; } =
    [
        "() ۳۵۵\u200B۰\u200B۲۰۷\u200B۳ доб",
        "8002345678 доб. ",
    ];

    private static IEnumerable<string> MixLettersWithDigitsOfOtherScripts { get; } =
    [
        "(００ ２６６ ２６\u2212５８\u2212６\u2212２８４ extension １３２４８２８４３５１０８３２２２１４５３７ ",
        "tel1９３\u00A0６\u00A0０２４\u00A0２７６\u00A0０７\u00A0４６\u00A0５８３;phone-context=+６９２",
    ];
}
