using LeadEngine.ApiHost.Campaigns;
using LeadEngine.ApiHost.Http;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Shows the leads with the most points to anybody.</summary>
internal sealed class LeaderboardEndpoint(CampaignCalls campaigns, AnswerBuffers buffers)
{
    public async ValueTask<Fault?> List(CommandRequest request)
    {
        var query = LeaderboardQuery.Read(request.Parameters);
        if (!query.IsGood) return query.Fault;

        var leaders = await campaigns.GetLeaders(request.Campaign.Id, query.Value.Limit, request.Deadline);
        var showsPersonalData = request.Caller.IsAuthorized || !request.Campaign.Settings.HidePii;
        _ = request.Keys.SocialIds.TryDecode(query.Value.SocialId, out var flagged);
        using var answer = buffers.Rent();
        answer.Json.WriteStartArray();
        for (var place = 0; place < leaders.Length; place++)
        {
            var socialId = request.Keys.SocialIds.Encode(leaders[place].Lead.Id);
            var view = new LeaderView(place + 1, socialId, leaders[place].Lead.Id == flagged, showsPersonalData);
            LeaderAnswer.Write(answer.Json, leaders[place], view, query.Value);
        }

        answer.Json.WriteEndArray();
        await answer.Send(request.Http.Response, StatusCodes.Status200OK);
        return null;
    }
}
