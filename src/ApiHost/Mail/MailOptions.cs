using System.ComponentModel.DataAnnotations;
using System.Diagnostics.CodeAnalysis;
using System.Net.Mail;

namespace LeadEngine.ApiHost.Mail;

/// <summary>How mail leaves: configuration section <c>Mail</c>. Without a host and a folder there is no mail.</summary>
public sealed class MailOptions : IValidatableObject
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Mail";

    private const int ImplicitTlsPort = 465;

    /// <summary>The SMTP server that takes our mail. Default: none.</summary>
    public string? Host { get; set; }

    /// <summary>Its port, 1 to 65,535. Default 587, for submission.</summary>
    /// <remarks>465 is refused: there a server wants encryption from the first byte on, which is not spoken.</remarks>
    [Range(1, 65_535)]
    public int Port { get; set; } = 587;

    /// <summary>Encrypt by STARTTLS, and send nothing where that fails. Default true.</summary>
    public bool Tls { get; set; } = true;

    /// <summary>The name to sign in with. Default: no signing in.</summary>
    public string? User { get; set; }

    /// <summary>The password that goes with it.</summary>
    public string? Password { get; set; }

    /// <summary>The address that mail comes from, with or without a name: <c>Example Co &lt;hello@example.com&gt;</c>.</summary>
    public string? From { get; set; }

    /// <summary>A folder to write mails to, as <c>.eml</c> files, instead of sending them. Default: none.</summary>
    public string? Folder { get; set; }

    /// <summary>Whether there is mail.</summary>
    [MemberNotNullWhen(true, nameof(From))]
    public bool IsOn => Host is not null || Folder is not null;

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Host is not null && Folder is not null) yield return new("Mail:Host and Mail:Folder exclude each other.");
        if (Host is not null && Port == ImplicitTlsPort)
        {
            yield return new("Mail:Port must not be 465: implicit TLS is not spoken. Choose the server's port for STARTTLS, mostly 587.");
        }

        if (IsOn && !MailAddress.TryCreate(From, out _)) yield return new("Mail:From must be the address that mail comes from.");
        if (User is null != Password is null) yield return new("Mail:User and Mail:Password go together.");
    }
}
