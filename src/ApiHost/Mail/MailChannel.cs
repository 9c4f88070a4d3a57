using System.Globalization;
using System.Net.Mail;
using System.Security.Authentication;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Installation;
using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Verification;
using LeadEngine.Webhooks;
using Microsoft.Extensions.Options;

namespace LeadEngine.ApiHost.Mail;

/// <summary>Asks leads by mail whether their address is theirs.</summary>
internal sealed class MailChannel(
    IMailSender sender,
    LeadReader leads,
    InstallationKeyring keyring,
    EngineCalls calls,
    Deadlines deadlines,
    IGrainFactory grains,
    IOptions<HttpOptions> http,
    TimeProvider clock) : IDeliveryChannel
{
    private const int PermanentFailure = 500;
    private const int NotSignedIn = 535;

    public Channel Channel => Channel.Mail;

    public async Task<DeliveryOutcome> Deliver(Delivery delivery, CancellationToken cancel)
    {
        if (await leads.Find(delivery) is not var (lead, settings) || !OptInMail.IsWanted(lead, settings)) return DeliveryOutcome.Pointless;
        if (!sender.IsOn) return DeliveryOutcome.Failed("Mail is not configured.");
        if (!MailAddress.TryCreate(lead.Email, out var to)) return DeliveryOutcome.Hopeless("Mail cannot be sent to such an address.");

        var verification = grains.GetGrain<IVerificationGrain>(lead.Id);
        if (!await calls.UntilHeard(_ => verification.MayMail(delivery.Id), deadlines.Start())) return DeliveryOutcome.Pointless;

        var links = (await keyring.Get()).Links;
        var mail = OptInMail.Compose(delivery.Id, to, lead, settings, links, http.Value.PublicUrl!.TrimEnd('/'));
        return await Send(mail, TimeSpan.FromMilliseconds(delivery.Subscription.TimeoutMs), cancel);
    }

    // What servers say in words may hold the address.
    private async Task<DeliveryOutcome> Send(OutgoingMail mail, TimeSpan patience, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            await sender.Send(mail, either.Token);
            return DeliveryOutcome.Delivered();
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return DeliveryOutcome.Failed("The mail server took too long.");
        }
        catch (SmtpFailedRecipientException refused) when (IsOfTheAddress(refused))
        {
            return DeliveryOutcome.Hopeless($"The mail server refuses the address: {Reason(refused)}");
        }
        catch (SmtpException failed)
        {
            return DeliveryOutcome.Failed($"The mail server did not take the mail: {Reason(failed)}");
        }
        catch (IOException failed)
        {
            return DeliveryOutcome.Failed($"The mail could not be written: {failed.GetType().Name}");
        }
    }

    // Whom a server does not know it may refuse no sooner than here (554, or 5.7 for its reason): nothing is wrong with the address then.
    // And SmtpClient goes on when its password was refused.
    private static bool IsOfTheAddress(SmtpFailedRecipientException refused) =>
        (int)refused.StatusCode >= PermanentFailure
        && (int)refused.StatusCode is not NotSignedIn
        && refused.StatusCode is not (SmtpStatusCode.MustIssueStartTlsFirst or SmtpStatusCode.TransactionFailed)
        && !refused.Message.Contains(": 5.7.", StringComparison.Ordinal);

    // A general failure is the client's own, and so are its words.
    private static string Reason(SmtpException failure) => failure switch
    {
        { InnerException: AuthenticationException } => "its certificate is not good, or it cannot encrypt",
        { StatusCode: SmtpStatusCode.MustIssueStartTlsFirst } => "530, it knows no such name and password",
        { StatusCode: not SmtpStatusCode.GeneralFailure } => ((int)failure.StatusCode).ToString(CultureInfo.InvariantCulture),
        { InnerException: { } inner } => inner.GetType().Name,
        _ => failure.Message,
    };
}
