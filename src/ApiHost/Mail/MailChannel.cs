using System.Globalization;
using System.Net.Mail;
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
        catch (SmtpFailedRecipientException refused) when ((int)refused.StatusCode >= PermanentFailure)
        {
            return DeliveryOutcome.Hopeless($"The mail server refuses the address: {Code(refused)}");
        }
        catch (SmtpException failed)
        {
            return DeliveryOutcome.Failed($"The mail server did not take the mail: {Code(failed)}");
        }
        catch (IOException failed)
        {
            return DeliveryOutcome.Failed($"The mail could not be written: {failed.GetType().Name}");
        }
    }

    private static string Code(SmtpException failure) => failure.StatusCode is SmtpStatusCode.GeneralFailure
        ? (failure.InnerException ?? failure).GetType().Name
        : ((int)failure.StatusCode).ToString(CultureInfo.InvariantCulture);
}
