using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using LeadEngine.Campaigns;
using LeadEngine.Grains.Campaigns;
using LeadEngine.Storage;

namespace LeadEngine.Grains.Fraud;

/// <summary>
/// How many leads of a campaign signed up from each IP address; IPv6 addresses count by their network (/64), of which one connection has all.
/// In memory, as keyed digests, and only where a campaign has a limit: an activation begins with the last leads that the store has.
/// </summary>
internal sealed class IpSignups(ILeadStore store, long campaignId)
{
    /// <summary>So many of the last leads are read when an activation begins: a second or so, for which new leads wait.</summary>
    private const int Remembered = 100_000;

    private const int Page = 1_000;

    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private Dictionary<long, int> _signups = [];
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
            if (DigestOf(add.Lead) is not { } ip) continue;
            var signups = before.GetValueOrDefault(ip, _signups.GetValueOrDefault(ip));
            if (signups >= limit) add.Flag(FraudRules.DuplicateIp);
            before[ip] = signups + 1;
        }
    }

    /// <summary>Counts those who turned out to be new.</summary>
    public void Count(IEnumerable<WaitingAdd> adds, IEnumerable<AddOutcome> outcomes)
    {
        foreach (var (add, outcome) in adds.Zip(outcomes))
        {
            if (outcome.Rank > 0 && DigestOf(add.Lead) is { } ip) _signups[ip] = _signups.GetValueOrDefault(ip) + 1;
        }
    }

    // Ranks have gaps where leads were deleted, so that there are at least so many behind this one.
    private async Task Count(long afterRank)
    {
        Dictionary<long, int> signups = [];
        for (var more = true; more;)
        {
            var page = await store.List(campaignId, afterRank, Page);
            foreach (var lead in page)
            {
                if (DigestOf(lead.Profile.Ip) is { } ip) signups[ip] = signups.GetValueOrDefault(ip) + 1;
            }

            more = page.Length == Page;
            if (more) afterRank = page[^1].Rank;
        }

        _signups = signups;
    }

    private long? DigestOf(NewLead lead) => lead.SkipIpCheck ? null : DigestOf(lead.Profile.Ip);

    private long? DigestOf(string? ip)
    {
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
