using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using LeadEngine.Accounts;
using LeadEngine.ApiHost.Http;
using LeadEngine.Leads;
using Microsoft.Extensions.Primitives;

namespace LeadEngine.ApiHost.Idempotency;

/// <summary>The idempotency key of a request, with all that follows from it.</summary>
/// <param name="GrainKey">A digest of credential, campaign and key.</param>
/// <param name="Fingerprint">A digest of the request.</param>
/// <param name="RequestId">
/// The same for every try. The fingerprint is part of it: once a key is forgotten it may come with another request, which must not be
/// taken for a repeat.
/// </param>
internal sealed record IdempotencyKey(string GrainKey, string Fingerprint, Guid RequestId)
{
    public const string Header = "Idempotency-Key";
    public const int MaxLength = 255;

    private static readonly Fault Malformed = new(
        StatusCodes.Status400BadRequest,
        "invalid_idempotency_key",
        $"The header {Header} may come once, with 1 to 255 visible ASCII characters.");

    /// <summary>What is spent with the change.</summary>
    public IdempotencyClaim Claim => new(GrainKey, Fingerprint);

    /// <summary>The key of a part of the request.</summary>
    /// <param name="part">What tells it from other parts.</param>
    public IdempotencyKey Part(long part) => this with { GrainKey = Digest($"part {part}\n{GrainKey}", []) };

    /// <summary>The key that a request came with.</summary>
    /// <returns>Null when it came with none.</returns>
    public static Checked<IdempotencyKey>? Read(HttpRequest request, KeyGrant? grant, long campaignId, ReadOnlySpan<byte> body) =>
        request.Headers.TryGetValue(Header, out var values)
            ? Read(values, request, grant, campaignId, body)
            : default(Checked<IdempotencyKey>?);

    private static Checked<IdempotencyKey> Read(
        StringValues values, HttpRequest request, KeyGrant? grant, long campaignId, ReadOnlySpan<byte> body)
    {
        if (values is not [{ Length: > 0 and <= MaxLength } key] || key.AsSpan().ContainsAnyExceptInRange('!', '~')) return Malformed;

        var grainKey = Digest($"{CredentialOf(grant)}\n{campaignId}\n{key}", []);
        var fingerprint = Digest($"{request.Method}\n{request.Path}\n{request.QueryString}\n{request.ContentType}\n", body);
        return new IdempotencyKey(grainKey, fingerprint, RequestIdOf(grainKey, fingerprint));
    }

    private static string CredentialOf(KeyGrant? grant) =>
        grant is null ? "anonymous" : $"account {grant.AccountId} {grant.CampaignId}";

    private static Guid RequestIdOf(string grainKey, string fingerprint)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.ASCII.GetBytes(grainKey + fingerprint), digest);
        return new Guid(digest[..16], bigEndian: true);
    }

    private static string Digest(string text, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var head = Encoding.UTF8.GetBytes(text);
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, head.Length);
        hash.AppendData(length);
        hash.AppendData(head);
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
