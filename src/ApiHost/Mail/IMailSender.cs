using System.Net.Mail;

namespace LeadEngine.ApiHost.Mail;

/// <summary>Sends mail.</summary>
internal interface IMailSender
{
    /// <summary>Whether mail can be sent at all.</summary>
    bool IsOn { get; }

    /// <summary>Hands a mail over.</summary>
    /// <exception cref="SmtpException">It was not taken.</exception>
    /// <exception cref="IOException">It could not be written.</exception>
    Task Send(OutgoingMail mail, CancellationToken cancel);
}

/// <summary>A mail to one person.</summary>
/// <param name="Id">Names the mail, equal on every try, so that mailboxes see that it came twice; letters, digits and hyphens.</param>
/// <param name="To">To whom.</param>
/// <param name="Subject">What it is about; line breaks in it become blanks.</param>
/// <param name="Text">What it says, as plain text.</param>
/// <param name="UnsubscribeUrl">Where a post of one click opts the receiver out (RFC 8058).</param>
internal sealed record OutgoingMail(string Id, MailAddress To, string Subject, string Text, string UnsubscribeUrl);
