using System.Collections.Immutable;
using LeadEngine.Accounts;
using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Lists the campaigns that an API key is good for.</summary>
internal sealed class CampaignsEndpoint(
    IGrainFactory grains,
    EngineCalls calls,
    CampaignCalls campaigns,
    CampaignAccess access,
    Deadlines deadlines,
    AnswerBuffers buffers,
    KickoffLabsShape shape)
{
    // So many at a time are asked, lest a long list takes the place of sign-ups.
    private const int AtOnce = 50;

    public async Task List(HttpContext context)
    {
        if (await Answer(context) is { } fault) await shape.Send(context, fault);
    }

    private async ValueTask<Fault?> Answer(HttpContext context)
    {
        var deadline = deadlines.Start();
        var parameters = ParameterReader.ReadQuery(context.Request, Vocabulary.Command);
        if (!parameters.IsGood) return parameters.Fault;
        var grant = await access.CheckKey(context.Request, parameters.Value, deadline);
        if (!grant.IsGood) return grant.Fault;

        using var answer = buffers.Rent();
        var json = answer.Json;
        json.WriteStartArray();
        foreach (var some in (await Ids(grant.Value, deadline)).Chunk(AtOnce))
        {
            var replies = await Task.WhenAll(some.Select(id => campaigns.Get(id, deadline)));
            foreach (var reply in replies)
            {
                if (reply.Campaign is { } campaign) CampaignAnswer.Write(json, campaign);
            }
        }

        json.WriteEndArray();
        Cors.Allow(context);
        await answer.Send(context.Response, StatusCodes.Status200OK);
        return null;
    }

    private async Task<ImmutableArray<long>> Ids(KeyGrant grant, Deadline deadline) => grant.CampaignId is { } bound
        ? [bound]
        : await calls.UntilHeard(_ => grains.GetGrain<IAccountGrain>(grant.AccountId).ListCampaigns(), deadline);
}
