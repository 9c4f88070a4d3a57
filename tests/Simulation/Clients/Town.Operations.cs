using System.Collections.Immutable;
using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Engine;

namespace LeadEngine.Simulation.Clients;

/// <summary>What is done with leads that are there, and what it is worth.</summary>
internal sealed partial class Town
{
    private static readonly (double Weight, LeadOrder Order)[] Orders =
    [
        (2, LeadOrder.Verify), (1, LeadOrder.VerifyPhone), (2, LeadOrder.Block), (2, LeadOrder.Approve), (2, LeadOrder.Tag),
        (1, LeadOrder.OptOut), (0.5, LeadOrder.OptIn), (0.5, LeadOrder.Waitlist), (0.5, LeadOrder.Unwaitlist),
    ];

    private static readonly (double Weight, LeadOrder Order)[] DirectOrders =
        [.. Orders, (3, LeadOrder.CompleteAction), (2, LeadOrder.GivePoints)];

    private static readonly (double Weight, LeadOrder Order)[] BulkOrders = [.. Orders, (1, LeadOrder.Delete)];

    public static readonly ImmutableArray<CampaignAction> Actions =
        [new() { Id = 1, Name = "a1", Points = 4 }, new() { Id = 2, Name = "a2", Points = 7 }];

    public static readonly ImmutableArray<LeadTag> Tags = [new() { Id = 11, Name = "t11", Points = 3 }, new() { Id = 12, Name = "t12" }];

    /// <summary>How often clients have something done with leads that are there.</summary>
    public required double Operations { get; init; }

    /// <summary>A referral is worth another number in each campaign.</summary>
    public static CampaignSettings DrawSettings(Chance chance, long campaignId) => new()
    {
        Name = $"Campaign {campaignId}",
        PostingStrategy = PostingOf(campaignId),
        Waitlist = chance.Happens(0.2),
        VerificationRequired = chance.Happens(0.3),
        SignupPoints = chance.Happens(0.2) ? 3 : 0,
        ReferralPoints = (int)campaignId,
        VerifiedReferralPoints = chance.Happens(0.5) ? chance.Between(0, 5) : null,
        IndirectReferralPoints = chance.Happens(0.5) ? chance.Between(1, 3) : 0,
        VerifiedIndirectReferralPoints = chance.Happens(0.3) ? chance.Between(0, 4) : null,
        Actions = Actions,
        Tags = Tags,
    };

    public ClientRequest DrawOrder(Chance chance)
    {
        var order = chance.Of(DirectOrders);
        var isForPoints = order is LeadOrder.GivePoints or LeadOrder.CompleteAction;
        return new ClientRequest
        {
            Number = ++_requests,
            CampaignId = DrawCampaign(chance),
            LeadId = DrawLead(chance),
            Order = order,
            Subject = DrawSubject(chance, order),
            Points = order is LeadOrder.GivePoints ? chance.Of([1, 5, 20, -1, -4, -30]) : 0,
            Key = isForPoints && chance.Happens(0.15) ? DrawKey(chance) : null,
        };
    }

    public Bulk DrawBulk(Chance chance)
    {
        var (campaign, order) = (DrawCampaign(chance), chance.Of(BulkOrders));
        var (kind, values) = chance.Happens(0.5) ? (IdentifierKind.Email, Emails) : (IdentifierKind.Phone, Phones);
        var (count, byId) = (chance.Between(1, 4), chance.Happens(0.6));
        return new Bulk(
            ++_requests,
            campaign,
            order,
            DrawSubject(chance, order),
            byId ? [] : [.. Draw(() => new IdentifierKey(campaign, kind, chance.Of(values)))],
            byId ? [.. Draw(() => DrawLead(chance))] : []);

        IEnumerable<T> Draw<T>(Func<T> one) => Enumerable.Range(0, count).Select(_ => one()).Distinct();
    }

    private static long DrawSubject(Chance chance, LeadOrder order) => order switch
    {
        LeadOrder.Tag => chance.Of(Tags).Id,
        LeadOrder.CompleteAction => chance.Of(Actions).Id,
        _ => 0,
    };
}
