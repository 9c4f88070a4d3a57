using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace LeadEngine.ApiHost.Tests.Mail;

/// <summary>Certificates that sign themselves, made for one test each.</summary>
internal static class TestCertificate
{
    private static readonly ConcurrentDictionary<string, bool> Trusted = new();

#pragma warning disable SYSLIB0014 // SmtpClient asks here and nowhere else whom to trust.
    static TestCertificate() => ServicePointManager.ServerCertificateValidationCallback = static (_, certificate, _, _) =>
        certificate is not null && Trusted.ContainsKey(certificate.GetCertHashString());
#pragma warning restore SYSLIB0014

    /// <summary>One that nobody trusts.</summary>
    public static X509Certificate2 Create()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return request.CreateSelfSigned(DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch.AddYears(200));
    }

    /// <summary>One that this process trusts.</summary>
    public static X509Certificate2 CreateTrusted()
    {
        var certificate = Create();
        Trusted[certificate.GetCertHashString()] = true;
        return certificate;
    }
}
