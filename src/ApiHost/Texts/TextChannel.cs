using LeadEngine.ApiHost.Leads;
using LeadEngine.ApiHost.Webhooks;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Verification;
using LeadEngine.Webhooks;

namespace LeadEngine.ApiHost.Texts;

/// <summary>Sends leads the codes by which they verify their phone numbers.</summary>
internal sealed class TextChannel(
    ITextSender sender, LeadReader leads, EngineCalls calls, Deadlines deadlines, IGrainFactory grains, TimeProvider clock)
    : IDeliveryChannel
{
    public Channel Channel => Channel.Text;

    public async Task<DeliveryOutcome> Deliver(Delivery delivery, CancellationToken cancel)
    {
        if (await leads.Find(delivery) is not var (lead, settings) || !IsWanted(lead, settings)) return DeliveryOutcome.Pointless;
        if (!sender.IsOn) return DeliveryOutcome.Failed("Text messages are not configured.");

        var verification = grains.GetGrain<IVerificationGrain>(lead.Id);
        var code = await calls.UntilHeard(_ => verification.IssueCode(delivery.Id), deadlines.Start());
        if (code is null) return DeliveryOutcome.Pointless;
        return await Send(lead.Phone!, code, TimeSpan.FromMilliseconds(delivery.Subscription.TimeoutMs), cancel);
    }

    private async Task<DeliveryOutcome> Send(string to, string code, TimeSpan patience, CancellationToken cancel)
    {
        using var timeout = new CancellationTokenSource(patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancel, timeout.Token);
        try
        {
            return await sender.Send(to, $"{code} is your code. It is good for ten minutes.", either.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return DeliveryOutcome.Failed("The text gateway took too long.");
        }
    }

    /// <summary>Whether a lead is to be sent a code.</summary>
    public static bool IsWanted(Lead lead, CampaignSettings settings) =>
        settings.PhoneVerification && lead is { Phone: not null, Profile: { VerifiedPhone: false, SmsOptedOut: false, Fraudulent: false } };
}
