using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Grains.Leads;

/// <summary>What a lead's row tells of a request.</summary>
internal enum Sighting
{
    /// <summary>The row has not seen it.</summary>
    New,

    /// <summary>It was applied before.</summary>
    Repeat,

    /// <summary>It was applied before, and made the lead.</summary>
    MadeTheLead,

    /// <summary>It may have been applied so long ago that the row has forgotten.</summary>
    Forgotten,
}

/// <summary>How a lead's row remembers requests, so that each has one effect.</summary>
internal static class RequestRules
{
    /// <summary>How many requests a row remembers: 24 bytes each, written with every change.</summary>
    public const int Remembered = 32;

    // Nobody repeats a request sooner but for a broken connection, and a row seldom sees more than it remembers in that time.
    private static readonly TimeSpan Prompt = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A first try that comes late, as after a freeze of the silo that it had reached, may have been overtaken by a repeat of it, and that
    /// one been forgotten since: it is a repeat itself.
    /// </summary>
    public static RequestStamp AsOf(DateTimeOffset now, RequestStamp request) =>
        request.IsRepeat || now - request.ReceivedAt <= Prompt ? request : request with { IsRepeat = true };

    public static Sighting Look(RequestLog log, RequestStamp request)
    {
        for (var at = 0; at < log.Recent.Length; at++)
        {
            if (log.Recent[at].Id == request.Id) return at == 0 && log.ForgottenUntil is null ? Sighting.MadeTheLead : Sighting.Repeat;
        }

        return request.IsRepeat && request.ReceivedAt <= log.ForgottenUntil ? Sighting.Forgotten : Sighting.New;
    }

    public static RequestLog Remember(RequestLog log, RequestStamp request)
    {
        var seen = new SeenRequest(request.Id, request.ReceivedAt);
        if (log.Recent.Length < Remembered) return log with { Recent = log.Recent.Add(seen) };

        var forgotten = log.Recent[0].ReceivedAt;
        return new RequestLog
        {
            Recent = [.. log.Recent.AsSpan()[1..], seen],
            ForgottenUntil = log.ForgottenUntil > forgotten ? log.ForgottenUntil : forgotten,
        };
    }
}
