using LeadEngine.Campaigns;
using LeadEngine.Storage;
using LeadEngine.Webhooks;

namespace LeadEngine.Grains.Campaigns;

/// <summary>
/// The subscriptions by which a campaign asks its own leads to prove their address and number. They are there before the setting that wants
/// them, and go after it: what they are told without it, after a crash in between, is pointless, and reaches nobody.
/// </summary>
internal sealed class ProofRequests(IWebhookStore store, long campaignId)
{
    private static readonly long Kinds = Subscription.Bit(EventKind.Signup) | Subscription.Bit(EventKind.RepeatSignup);

    private static readonly Channel[] Channels = [Channel.Mail, Channel.Text];

    /// <summary>Makes those that settings want.</summary>
    public async Task Begin(long accountId, CampaignSettings settings)
    {
        var wanted = Array.FindAll(Channels, channel => IsWanted(channel, settings));
        if (wanted.Length == 0) return;
        var present = await List(accountId);
        foreach (var channel in wanted.Except(present.Select(subscription => subscription.Channel)))
        {
            await store.Add(new Subscription
            {
                AccountId = accountId,
                CampaignId = campaignId,
                Channel = channel,
                Url = "",
                Kinds = Kinds,
                Secret = [],
                Name = channel is Channel.Mail ? "Double opt-in" : "Phone verification",
            });
        }
    }

    /// <summary>Removes those that settings do not want any more.</summary>
    /// <exception cref="StoreOutcomeUnknownException">One may be left; the settings stand.</exception>
    public async Task End(long accountId, CampaignSettings settings)
    {
        try
        {
            foreach (var subscription in await List(accountId))
            {
                if (!IsWanted(subscription.Channel, settings)) await store.Remove(accountId, subscription.Id);
            }
        }
        catch (StoreBusyException away)
        {
            throw new StoreOutcomeUnknownException("The settings changed, but a subscription of the former ones may be left.", away);
        }
    }

    private async Task<Subscription[]> List(long accountId) =>
        [.. (await store.List(accountId)).Where(one => one.CampaignId == campaignId && Channels.Contains(one.Channel))];

    private static bool IsWanted(Channel channel, CampaignSettings settings) =>
        channel is Channel.Mail ? settings.DoubleOptIn : settings.PhoneVerification;
}
