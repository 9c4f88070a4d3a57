using System.Globalization;
using System.Text.RegularExpressions;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>Times as clients write them: ISO 8601 with an offset, for example <c>2022-11-15T21:04:28-0600</c>.</summary>
internal static partial class ExternalTime
{
    /// <returns>The time to the microsecond, which is what stores keep; null when it is none, or has no offset.</returns>
    public static DateTimeOffset? Read(string text)
    {
        var match = Form.Match(text);
        if (!match.Success) return null;

        var (hours, minutes) = (match.Groups["hours"].Value, match.Groups["minutes"].Value);
        var offset = hours.Length == 0 ? "+00:00" : $"{hours}:{(minutes.Length == 0 ? "00" : minutes)}";
        var seconds = match.Groups["seconds"].Value is { Length: > 0 } given ? given : ":00";
        var plain = $"{match.Groups["minute"].Value}{seconds}{offset}";
        return DateTimeOffset.TryParseExact(
            plain, "yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? time.AddTicks(Microseconds(match.Groups["fraction"].Value) * TimeSpan.TicksPerMicrosecond)
            : null;
    }

    private static long Microseconds(string fraction) =>
        fraction.Length == 0 ? 0 : int.Parse(fraction.PadRight(6, '0')[..6], NumberStyles.None, CultureInfo.InvariantCulture);

    [GeneratedRegex(
        """
        ^(?<minute>[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2})
        (?<seconds>:[0-9]{2})?
        (?(seconds)([.,](?<fraction>[0-9]{1,12}))?)
        (Z|(?<hours>[+-][0-9]{2})(:?(?<minutes>[0-9]{2}))?)\z
        """,
        RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Form { get; }
}
