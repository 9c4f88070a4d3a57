using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace LeadEngine.Grains.Accounts;

/// <summary>API keys: <c>sk_{account id}_{secret}</c>, so that a host knows which account to ask. Only a digest is kept.</summary>
public static class ApiKeyFormat
{
    private const string Prefix = "sk_";
    private const int SecretLength = 32;
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>A new key of an account, with 190 random bits.</summary>
    public static string Create(long accountId) =>
        string.Create(CultureInfo.InvariantCulture, $"{Prefix}{accountId}_{RandomNumberGenerator.GetString(Alphabet, SecretLength)}");

    /// <summary>Which account a key claims to be of; null when it has not the form of a key.</summary>
    public static long? AccountOf(string apiKey)
    {
        var end = apiKey.Length - SecretLength - 1;
        if (end <= Prefix.Length || !apiKey.StartsWith(Prefix, StringComparison.Ordinal) || apiKey[end] != '_') return null;
        return long.TryParse(apiKey.AsSpan(Prefix.Length, end - Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
            ? id
            : null;
    }

    /// <summary>The digest of a key. The secret is random, so one round of SHA-256 is enough.</summary>
    public static string Digest(string apiKey) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(apiKey)));
}
