using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LeadEngine.Accounts;
using LeadEngine.ApiHost.Caching;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Grains.Accounts;

namespace LeadEngine.ApiHost.Security;

/// <summary>What API keys are good for. An answer is remembered for a moment, so a revoked key dies within that.</summary>
internal sealed class ApiKeys(IGrainFactory grains, EngineCalls calls, Deadlines deadlines, TimeProvider clock)
{
    /// <summary>How long a revoked key may still be good.</summary>
    public static readonly TimeSpan Memory = TimeSpan.FromSeconds(5);

    private const int MaxKeys = 10_000;
    private const int MaxKeyLength = 128;

    private readonly ShortLivedCache<KeyDigest, KeyGrant?> _grants = new(Memory, MaxKeys, clock);
    private readonly ShortLivedCache<KeyDigest, UserGrant?> _userGrants = new(Memory, MaxKeys, clock);

    /// <summary>The grant of a key; null when it is not good.</summary>
    /// <exception cref="StoreBusyException">It cannot be told now.</exception>
    public ValueTask<KeyGrant?> Find(string apiKey)
    {
        if (apiKey.Length > MaxKeyLength || ApiKeyFormat.AccountOf(apiKey) is not { } accountId) return default;
        var digest = KeyDigest.Of(apiKey);
        return _grants.TryGet(digest, out var grant) ? new(grant) : Ask(digest, accountId, apiKey);
    }

    /// <summary>Whether a key has the form of those that are good for several accounts.</summary>
    public static bool IsOfUser(string apiKey) => ApiKeyFormat.UserOf(apiKey) is not null;

    /// <summary>What a key is good for that is good for several accounts; null when it is not good.</summary>
    /// <exception cref="StoreBusyException">It cannot be told now.</exception>
    public ValueTask<UserGrant?> FindUser(string apiKey)
    {
        if (apiKey.Length > MaxKeyLength || ApiKeyFormat.UserOf(apiKey) is not { } userId) return default;
        var digest = KeyDigest.Of(apiKey);
        return _userGrants.TryGet(digest, out var grant) ? new(grant) : AskUser(digest, userId, apiKey);
    }

    private ValueTask<KeyGrant?> Ask(KeyDigest digest, long accountId, string apiKey) => _grants.Load(
        digest,
        () => calls.UntilHeard(_ => grains.GetGrain<IAccountGrain>(accountId).Authenticate(apiKey), deadlines.Start()),
        keep: static _ => true);

    private ValueTask<UserGrant?> AskUser(KeyDigest digest, long userId, string apiKey) => _userGrants.Load(
        digest,
        () => calls.UntilHeard(_ => grains.GetGrain<IUserGrain>(userId).Authenticate(apiKey), deadlines.Start()),
        keep: static _ => true);

    // The cache holds no key that a memory dump could give away, and finding one takes no longer the more of it is right.
    private readonly record struct KeyDigest(UInt128 High, UInt128 Low)
    {
        public static KeyDigest Of(string apiKey)
        {
            Span<byte> text = stackalloc byte[Encoding.UTF8.GetMaxByteCount(MaxKeyLength)];
            Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
            SHA256.HashData(text[..Encoding.UTF8.GetBytes(apiKey, text)], digest);
            return new(BinaryPrimitives.ReadUInt128LittleEndian(digest), BinaryPrimitives.ReadUInt128LittleEndian(digest[16..]));
        }
    }
}
