using LeadEngine.Campaigns;
using LeadEngine.Leads;
using LeadEngine.Simulation.Engine;

namespace LeadEngine.Simulation.Clients;

/// <summary>The people, campaigns and keys that clients speak of: few, so that they meet.</summary>
internal sealed partial class Town
{
    // Some are spoken of before they are there, and one never comes.
    private readonly List<long> _leads = [1, 2, 3, 4, 5, 999];
    private readonly List<string> _keys = [];
    private int _requests;

    public required long[] Campaigns { get; init; }

    public required string[] Emails { get; init; }

    public required string[] Phones { get; init; }

    /// <summary>How often clients speak for an outreach campaign, rather than sign up.</summary>
    public required double Outreach { get; init; }

    /// <summary>How often points go with a request.</summary>
    public required double Scoring { get; init; }

    public static Town Draw(Chance chance, long[] campaigns) => new()
    {
        Campaigns = campaigns,
        Emails = [.. "abcdefgh".Take(chance.Between(1, 6)).Select(letter => $"{letter}@x.org")],
        Phones = [.. Enumerable.Range(1, chance.Between(1, 5)).Select(number => $"+1206555010{number}")],
        Outreach = chance.Of([0, 0.1, 0.3, 0.6]),
        Scoring = chance.Happens(0.3) ? 0.7 : 0.2,
        Operations = chance.Of([0, 0, 0.15, 0.4]),
    };

    public void Learn(long? leadId)
    {
        if (leadId is { } id && !_leads.Contains(id)) _leads.Add(id);
    }

    public long DrawLead(Chance chance) => chance.Of(_leads);

    public long DrawCampaign(Chance chance) => chance.Of(Campaigns);

    public static CampaignStatus DrawStatus(Chance chance) =>
        chance.Of([(0.5, CampaignStatus.Ended), (0.3, CampaignStatus.Locked), (0.2, CampaignStatus.Open)]);

    public (IdentifierKind Kind, string Value) DrawIdentifier(Chance chance) =>
        chance.Happens(0.5) ? (IdentifierKind.Email, chance.Of(Emails)) : (IdentifierKind.Phone, chance.Of(Phones));

    public ClientRequest DrawRequest(Chance chance)
    {
        if (chance.Happens(Outreach / 2)) return DrawPosted(chance);
        var byId = chance.Happens(0.07);
        var kind = chance.Between(0, 9);
        return new ClientRequest
        {
            Number = ++_requests,
            CampaignId = DrawCampaign(chance),
            LeadId = byId ? DrawLead(chance) : null,
            Email = byId || kind is >= 4 and <= 5 ? null : chance.Of(Emails),
            Phone = byId || kind <= 3 ? null : chance.Of(Phones),
            ReferrerId = chance.Happens(0.25) ? DrawLead(chance) : null,
            Points = chance.Happens(Scoring) ? chance.Of([1, 2, 5, 20, -1, -4]) : 0,
            MustExist = chance.Happens(0.06),
            FirstName = chance.Happens(0.3) ? chance.Of(["Ann", "Bob", "Cleo"]) : null,
            KeepOptOut = chance.Happens(Operations / 2),
            Key = chance.Happens(0.15) ? DrawKey(chance) : null,
        };
    }

    /// <summary>The request of somebody who was never there before, and has all rights.</summary>
    public ClientRequest NewcomerOf(long campaignId) => new()
    {
        Number = ++_requests,
        CampaignId = campaignId,
        Email = $"last{_requests}@x.org",
    };

    /// <summary>The request of somebody whose lead was removed.</summary>
    public ClientRequest ReturnerOf(long campaignId, string email) => new()
    {
        Number = ++_requests,
        CampaignId = campaignId,
        Email = email,
    };

    private string DrawKey(Chance chance)
    {
        if (_keys.Count > 0 && chance.Happens(0.15)) return chance.Of(_keys);
        _keys.Add($"k{_keys.Count + 1}");
        return _keys[^1];
    }
}
