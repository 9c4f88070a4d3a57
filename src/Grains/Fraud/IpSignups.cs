using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using LeadEngine.Grains.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Fraud;

/// <summary>
/// How many leads of a campaign signed up from each IP address; IPv6 addresses count by their network (/64), of which one connection has
/// all. In memory, as keyed digests, and only where a campaign has a limit: an activation begins with the last leads that the store has.
/// Each lead counts for the address that it signed up from until it is removed.
/// </summary>
internal sealed class IpSignups(ILeadStore store, long campaignId)
{
    /// <summary>So many of the last leads are read when an activation begins: a second or so, for which new leads wait.</summary>
    private const int Remembered = 100_000;

    private const int Page = 1_000;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly Dictionary<long, long> _addresses = [];
    private readonly Dictionary<long, int> _signups = [];
    private Task? _counting;

    /// <summary>Whether those who were there before are counted.</summary>
    public bool IsReady => _counting is { IsCompletedSuccessfully: true };

    /// <summary>Counts those who were there before, once.</summary>
    public Task GetReady(long leadCount)
    {
        if (_counting is null or { IsFaulted: true } or { IsCanceled: true }) _counting = Count(Math.Max(0, leadCount - Remembered));
        return _counting;
    }

    /// <summary>Flags those of a unit whose address has as many leads as it may, those before them in the unit included.</summary>
    public void Flag(IEnumerable<WaitingAdd> adds, int limit)
    {
        Dictionary<long, int> before = [];
        foreach (var add in adds)
        {
            if (DigestOf(add.Lead.Profile) is not { } ip) continue;
            var signups = before.GetValueOrDefault(ip, _signups.GetValueOrDefault(ip));
            if (signups >= limit) add.Flag(FraudRules.DuplicateIp);
            before[ip] = signups + 1;
        }
    }

    /// <summary>Counts those who turned out to be new, and those who are gone no more.</summary>
    public void Count(CampaignUnit unit, UnitReply reply)
    {
        foreach (var (add, outcome) in unit.Adds.Zip(reply.Adds))
        {
            if (outcome.Rank > 0) Count(outcome.LeadId, add.Profile);
        }

        foreach (var (removal, refusal) in unit.Removals.Zip(reply.Removals))
        {
            if (refusal is null && _addresses.Remove(removal.LeadId, out var ip)) _signups[ip]--;
        }
    }

    private void Count(long leadId, LeadProfile profile)
    {
        if (DigestOf(profile) is { } ip && _addresses.TryAdd(leadId, ip)) _signups[ip] = _signups.GetValueOrDefault(ip) + 1;
    }

    // Ranks have gaps where leads were deleted, so that there are at least so many behind this one.
    private async Task Count(long afterRank)
    {
        for (var more = true; more;)
        {
            var page = await store.List(campaignId, afterRank, Page);
            foreach (var lead in page) Count(lead.Id, lead.Profile);
            more = page.Length == Page;
            if (more) afterRank = page[^1].Rank;
        }
    }

    private long? DigestOf(LeadProfile profile)
    {
        var ip = profile.CountedIp ?? profile.Ip;
        if (string.IsNullOrEmpty(ip)) return null;
        var bytes = IPAddress.TryParse(ip, out var address) ? Significant(address) : Encoding.UTF8.GetBytes(ip);
        return BinaryPrimitives.ReadInt64LittleEndian(HMACSHA256.HashData(_key, bytes));
    }

    private static byte[] Significant(IPAddress address) => address switch
    {
        { IsIPv4MappedToIPv6: true } => address.MapToIPv4().GetAddressBytes(),
        { AddressFamily: AddressFamily.InterNetworkV6 } => address.GetAddressBytes()[..8],
        _ => address.GetAddressBytes(),
    };
}
