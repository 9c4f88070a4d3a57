using System.Collections.Frozen;
using System.Globalization;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>The state codes of the US Postal Service, and which ZIP codes are whose.</summary>
internal static class UsStates
{
    // Source: USPS labeling list L002, "3-Digit ZIP Code Prefix Matrix". Prefixes that are missing belong to nobody.
    private const string Prefixes =
        """
        AA 340
        AE 090-099
        AK 995-999
        AL 350-352 354-369
        AP 962-966
        AR 716-729
        AZ 850-853 855-857 859-860 863-865
        CA 900-908 910-928 930-961
        CO 800-816
        CT 060-069
        DC 200 202-205
        DE 197-199
        FL 320-339 341-342 344 346-347 349
        GA 300-319 398-399
        GU 969
        HI 967-968
        IA 500-516 520-528
        ID 832-838
        IL 600-620 622-629
        IN 460-479
        KS 660-662 664-679
        KY 400-418 420-427
        LA 700-701 703-708 710-714
        MA 010-027 055
        MD 206-212 214-219
        ME 039-049
        MI 480-499
        MN 550-551 553-567
        MO 630-631 633-641 644-658
        MS 386-397
        MT 590-599
        NC 270-289
        ND 580-588
        NE 680-681 683-693
        NH 030-038
        NJ 070-089
        NM 870-884
        NV 889-891 893-895 897-898
        NY 005 100-149
        OH 430-459
        OK 730-731 734-741 743-749
        OR 970-979
        PA 150-196
        PR 006-007 009
        RI 028-029
        SC 290-299
        SD 570-577
        TN 370-385
        TX 733 750-799 885
        UT 840-847
        VA 201 220-246
        VI 008
        VT 050-054 056-059
        WA 980-986 988-994
        WI 530-532 534-535 537-549
        WV 247-268
        WY 820-831
        """;

    // Source: USPS ZIP Locale Detail. ZIP codes that are served from another state, or that share a prefix with one.
    private const string Exceptions =
        """
        AS 96799
        FM 96941-96944
        MD 20588
        MH 96960 96970
        MP 96950-96952
        NY 06390
        PW 96939-96940
        VA 20598
        WY 83414
        """;

    private const int PrefixLength = 3;
    private const int ZipLength = 5;

    private static readonly FrozenDictionary<string, string> ByPrefix = Expand(Prefixes, PrefixLength);
    private static readonly FrozenDictionary<string, string> ByZip = Expand(Exceptions, ZipLength);
    private static readonly FrozenSet<string> Codes = ByPrefix.Values.Concat(ByZip.Values).ToFrozenSet();

    /// <summary>The state that a code names, whatever its case; null when it names none.</summary>
    public static string? Find(string code) => Codes.TryGetValue(code.ToUpperInvariant(), out var state) ? state : null;

    /// <summary>The state of a ZIP code: five digits, with or without four more; null when it is no ZIP code, or no state has it.</summary>
    public static string? OfZip(string zip)
    {
        if (!IsZip(zip)) return null;
        return ByZip.TryGetValue(zip[..ZipLength], out var exception) ? exception : ByPrefix.GetValueOrDefault(zip[..PrefixLength]);
    }

    /// <summary>Whether a text has the form of a ZIP code: <c>90210</c>, <c>90210-1234</c> or <c>902101234</c>.</summary>
    public static bool IsZip(ReadOnlySpan<char> text) => text.Length switch
    {
        ZipLength or 9 => !text.ContainsAnyExceptInRange('0', '9'),
        10 => text[ZipLength] == '-' && !text[..ZipLength].ContainsAnyExceptInRange('0', '9')
            && !text[(ZipLength + 1)..].ContainsAnyExceptInRange('0', '9'),
        _ => false,
    };

    private static FrozenDictionary<string, string> Expand(string table, int length)
    {
        Dictionary<string, string> states = [];
        foreach (var line in table.Split('\n'))
        {
            string[] words = line.Trim().Split(' ');
            foreach (var range in words.AsSpan(1))
            {
                var first = Number(range[..length]);
                var last = Number(range[^length..]);
                for (var number = first; number <= last; number++)
                {
                    states.Add(number.ToString(CultureInfo.InvariantCulture).PadLeft(length, '0'), words[0]);
                }
            }
        }

        return states.ToFrozenDictionary();
    }

    private static int Number(string digits) => int.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture);
}
