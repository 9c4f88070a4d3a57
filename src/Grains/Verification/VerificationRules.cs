using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace LeadEngine.Grains.Verification;

/// <summary>When mail may be sent, and which codes are good.</summary>
internal static class VerificationRules
{
    public const int CodeDigits = 6;
    public const int MaxWrongTries = 5;
    public const int SaltBytes = 16;

    public static readonly TimeSpan MailPause = TimeSpan.FromHours(1);
    public static readonly TimeSpan CodeLifetime = TimeSpan.FromMinutes(10);

    // There are so few codes that all can be tried on a stolen digest: it takes hours, and a code lives for minutes.
    private const int Rounds = 100_000;
    private const int DigestBytes = 32;

    /// <summary>Notes that a mail goes out.</summary>
    /// <returns>Null when it may not.</returns>
    public static VerificationRecord? Mail(VerificationRecord record, long deliveryId, DateTimeOffset now) =>
        record.Mail is { } last && last.DeliveryId != deliveryId && now < last.At + MailPause
            ? null
            : Dated(record with { Mail = new SentMail(deliveryId, now) });

    /// <summary>Whether a delivery may take a new code to the lead.</summary>
    public static bool MayIssue(VerificationRecord record, long deliveryId, DateTimeOffset now) =>
        record.Code is not { } last || last.DeliveryId == deliveryId || now >= last.Until;

    /// <summary>Keeps a code that goes out.</summary>
    public static VerificationRecord Issue(
        VerificationRecord record, long deliveryId, string code, ReadOnlySpan<byte> salt, DateTimeOffset now) =>
        Dated(record with { Code = new IssuedCode(deliveryId, [.. salt], Digest(code, salt), now + CodeLifetime, WrongTries: 0) });

    /// <summary>Whether a code is good, and what is to be kept of the try: the record itself when nothing is.</summary>
    public static (bool IsRight, VerificationRecord Next) Check(VerificationRecord record, string code, DateTimeOffset now)
    {
        if (record.Code is not { WrongTries: < MaxWrongTries } issued || now >= issued.Until) return (false, record);
        return CryptographicOperations.FixedTimeEquals(Digest(code, issued.Salt.AsSpan()).AsSpan(), issued.Digest.AsSpan())
            ? (true, record)
            : (false, record with { Code = issued with { WrongTries = issued.WrongTries + 1 } });
    }

    private static ImmutableArray<byte> Digest(string code, ReadOnlySpan<byte> salt) =>
        [.. Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(code), salt, Rounds, HashAlgorithmName.SHA256, DigestBytes)];

    private static VerificationRecord Dated(VerificationRecord record)
    {
        var mail = record.Mail?.At + MailPause ?? DateTimeOffset.MinValue;
        var code = record.Code?.Until ?? DateTimeOffset.MinValue;
        return record with { ForgetAt = (mail > code ? mail : code).ToUnixTimeSeconds() };
    }
}
