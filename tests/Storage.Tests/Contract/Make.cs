using System.Diagnostics.Metrics;
using LeadEngine.Campaigns;
using LeadEngine.Idempotency;
using LeadEngine.Leads;
using LeadEngine.Storage.Telemetry;

namespace LeadEngine.Storage.Tests.Contract;

internal static class Make
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    /// <summary>For stores whose metrics nobody asks for.</summary>
    public static StoreMetrics Metrics() => new(new Meter("test"));

    public static WriteBatch Batch(DateTimeOffset? now = null) => new([], [], [], now ?? Noon);

    public static RequestStamp Request(IdempotencyClaim? claim = null, DateTimeOffset? receivedAt = null) =>
        new() { Id = Guid.NewGuid(), ReceivedAt = receivedAt ?? Noon, Idempotency = claim };

    public static NewLead Person(
        string? email = null, string? phone = null, long? referrer = null, int points = 0, IdempotencyClaim? claim = null) => new()
        {
            Request = Request(claim),
            Email = email,
            Phone = phone,
            ReferrerId = referrer,
            Points = points,
            Profile = new() { FirstName = "Ada" },
        };

    /// <summary>The next upsert of a lead, made from the row as it was read.</summary>
    public static LeadChange Change(StoredLead from) => new()
    {
        After = from.Lead with { Counter = from.Lead.Counter + 1, Profile = from.Lead.Profile with { LastName = "Lovelace" } },
        ExpectedVersion = from.Version,
        Requests = from.Requests with { Recent = [.. from.Requests.Recent, new SeenRequest(Guid.NewGuid(), Noon)] },
    };

    public static StoredAnswer Answer(long leadId, int? status = 200, string body = "{}", string fingerprint = "f") =>
        new(fingerprint, leadId, status, [.. System.Text.Encoding.UTF8.GetBytes(body)]);
}
