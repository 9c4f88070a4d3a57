using System.Globalization;
using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Admin;

/// <summary>
/// Where a page of leads ends: the rank in rank order; in the other orders strategy, external time in microseconds (empty for a lead that
/// has none) and rank, for example <c>earliest_first.1668567868000000.12</c>. It is good for the order that it comes from alone.
/// </summary>
internal static class PostingCursor
{
    public const string Start = "0";

    private const char Separator = '.';

    private static readonly long MinMicroseconds = Microseconds(DateTimeOffset.MinValue);
    private static readonly long MaxMicroseconds = Microseconds(DateTimeOffset.MaxValue);

    /// <summary>The place of a lead.</summary>
    public static PostingPlace PlaceOf(Lead lead) => new(lead.Profile.ExternalCreatedAt, lead.Rank);

    public static string Write(PostingStrategy strategy, PostingPlace place)
    {
        var time = place.ExternalCreatedAt is { } at ? Microseconds(at).ToString(CultureInfo.InvariantCulture) : "";
        return string.Create(CultureInfo.InvariantCulture, $"{AdminRules.NameOf(strategy)}.{time}.{place.Rank}");
    }

    /// <returns>False when the text is no place in that order.</returns>
    public static bool TryRead(string text, PostingStrategy strategy, out PostingPlace? place)
    {
        place = null;
        if (text == Start) return true;
        if (text.Split(Separator) is not [var name, var time, var rank] || name != AdminRules.NameOf(strategy)) return false;
        if (!TryReadRank(rank, out var number)) return false;
        if (time.Length == 0)
        {
            place = new PostingPlace(null, number);
            return true;
        }

        if (!long.TryParse(time, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var microseconds)
            || microseconds < MinMicroseconds || microseconds > MaxMicroseconds) return false;
        place = new PostingPlace(DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond), number);
        return true;
    }

    public static bool TryReadRank(string text, out long rank) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out rank);

    private static long Microseconds(DateTimeOffset time) =>
        (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
}
