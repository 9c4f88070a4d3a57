using System.Net;
using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using Microsoft.Extensions.Options;

namespace LeadEngine.ApiHost.Mail;

/// <summary>Sends mail by SMTP, or writes it to a folder.</summary>
internal sealed class SmtpMailSender(IOptions<MailOptions> options) : IMailSender
{
    private readonly MailOptions _options = options.Value;

    public bool IsOn => _options.IsOn;

    public async Task Send(OutgoingMail mail, CancellationToken cancel)
    {
        using var message = Compose(mail);
        using var client = Connect(mail.To);
        await client.SendMailAsync(message, cancel).WaitAsync(cancel);
    }

    // Whatever may hold line breaks goes through here and nowhere else into a header.
    internal static string OneLine(string text) =>
        string.Concat(text.Select(static character => IsLineBreak(character) ? ' ' : character)).Trim();

    private static bool IsLineBreak(char character) => char.IsControl(character) || character is '\u2028' or '\u2029';

    private MailMessage Compose(OutgoingMail mail)
    {
        var from = new MailAddress(_options.From!);
        var message = new MailMessage(from, mail.To)
        {
            Subject = OneLine(mail.Subject),
            SubjectEncoding = Encoding.UTF8,
            Body = mail.Text,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        message.Headers.Add("Message-ID", $"<{mail.Id}@{from.Host}>");
        message.Headers.Add("Auto-Submitted", "auto-generated");
        message.Headers.Add("List-Unsubscribe", $"<{mail.UnsubscribeUrl}>");
        message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        return message;
    }

    // It sends one mail at a time, and its connection goes with it.
    private SmtpClient Connect(MailAddress to)
    {
        var client = new SmtpClient
        {
            DeliveryFormat = Ascii.IsValid(to.Address) ? SmtpDeliveryFormat.SevenBit : SmtpDeliveryFormat.International,
        };
        if (_options.Folder is { } folder)
        {
            client.DeliveryMethod = SmtpDeliveryMethod.SpecifiedPickupDirectory;
            client.PickupDirectoryLocation = Directory.CreateDirectory(folder).FullName;
            return client;
        }

        client.Host = _options.Host!;
        client.Port = _options.Port;
        client.EnableSsl = _options.Tls;
        if (_options.User is { } user) client.Credentials = new NetworkCredential(user, _options.Password);
        return client;
    }
}
