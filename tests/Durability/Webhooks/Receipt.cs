using System.Globalization;

namespace LeadEngine.Durability.Webhooks;

/// <summary>A request that came to the receiver.</summary>
/// <param name="Id">The id of the event, the same on every try.</param>
/// <param name="Event">What happened.</param>
/// <param name="Who">To whom: an e-mail address, or the id of a lead that was removed.</param>
/// <param name="Life">In which life of the engine it came.</param>
internal sealed record Receipt(string Id, string Event, string Who, int Life)
{
    /// <summary>The number in the id: those of one lead rise.</summary>
    public long Number => long.Parse(Id.AsSpan(Id.IndexOf('_', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
}
