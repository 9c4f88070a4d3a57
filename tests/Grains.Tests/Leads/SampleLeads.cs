using LeadEngine.Campaigns;
using LeadEngine.Leads;

namespace LeadEngine.Grains.Tests.Leads;

internal static class SampleLeads
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    public static RequestStamp Request(int number, bool isRepeat = false) => new()
    {
        Id = new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
        ReceivedAt = Noon.AddSeconds(number),
        IsRepeat = isRepeat,
    };

    public static UpsertLead Upsert(int request, string? email = "ada@example.com", string? phone = null, LeadPatch? patch = null) => new()
    {
        CampaignId = 7,
        Request = Request(request),
        Email = email,
        Phone = phone,
        Patch = patch ?? new LeadPatch(),
    };

    public static LeadCommand Order(int request, LeadOrder order) => new() { CampaignId = 7, Request = Request(request), Order = order };

    public static StoredLead Stored(string? email = "ada@example.com", string? phone = null, LeadProfile? profile = null) => new()
    {
        Lead = new Lead
        {
            Id = 1,
            CampaignId = 7,
            Rank = 1,
            Counter = 1,
            CreatedAt = Noon,
            Email = email,
            Phone = phone,
            Profile = profile ?? new LeadProfile(),
        },
        Version = 1,
        Requests = new RequestLog { Recent = [new SeenRequest(Request(0).Id, Noon)] },
    };
}
