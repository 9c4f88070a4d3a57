using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LeadEngine.Grains.Accounts;

/// <summary>
/// API keys: <c>sk_{account id}_{secret}</c>, or <c>sk_user_{user id}_{secret}</c> for somebody who owns several accounts, so that a host
/// knows whom to ask. Only a digest is kept.
/// </summary>
public static class ApiKeyFormat
{
    private const string Prefix = "sk_";
    private const string UserPrefix = "sk_user_";
    private const int SecretLength = 32;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>A new key of an account, with 190 random bits.</summary>
    public static string Create(long accountId) => Create(Prefix, accountId);

    /// <summary>A new key of a user, with as many.</summary>
    public static string CreateForUser(long userId) => Create(UserPrefix, userId);

    /// <summary>Which account a key claims to be of; null when it has not the form of an account's key.</summary>
    public static long? AccountOf(string apiKey) => OwnerOf(apiKey, Prefix);

    /// <summary>Which user a key claims to be of; null when it has not the form of a user's key.</summary>
    public static long? UserOf(string apiKey) => OwnerOf(apiKey, UserPrefix);

    /// <summary>The digest of a key. The secret is random, so one round of SHA-256 is enough.</summary>
    public static string Digest(string apiKey) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(apiKey)));

    /// <summary>Whether two digests are equal; how long it takes tells nothing of where they differ.</summary>
    internal static bool AreEqual(string digest, string other) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(digest), Encoding.ASCII.GetBytes(other));

    private static string Create(string prefix, long ownerId) =>
        string.Create(CultureInfo.InvariantCulture, $"{prefix}{ownerId}_{RandomNumberGenerator.GetString(Alphabet, SecretLength)}");

    private static long? OwnerOf(string apiKey, string prefix)
    {
        var end = apiKey.Length - SecretLength - 1;
        if (end <= prefix.Length || !apiKey.StartsWith(prefix, StringComparison.Ordinal) || apiKey[end] != '_') return null;
        return long.TryParse(apiKey.AsSpan(prefix.Length, end - prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
    }
}
