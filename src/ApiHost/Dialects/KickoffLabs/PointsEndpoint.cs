using System.Globalization;
using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.ApiHost.Leads;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Gives points to leads, or takes them.</summary>
internal sealed class PointsEndpoint(
    LeadCalls leads, LeadFinder finder, LeadChanges changes, PartialChanges parts, RepeatableAnswers answers)
{
    private const string Added = "Custom Points added";

    /// <summary>How many leads a request may name.</summary>
    private const int MaxLeads = 100;

    public async ValueTask<Fault?> Give(CommandRequest request)
    {
        if (request.Key is { IsGood: false } wrongKey) return wrongKey.Fault;
        if (ReadPoints(request.Parameters, out var points) is { } wrongPoints) return wrongPoints;
        _ = request.Parameters.Text(Parameter.Message); // Checked like every text, and not kept.
        var named = NamedLeads.Read(request, MaxLeads);
        if (!named.IsGood) return named.Fault;

        if (named.Value.Count > 1)
        {
            return await answers.Answer(
                request.Http,
                StatusCodes.Status200OK,
                request.Key?.Value,
                (stamp, json) => GiveAll(request, named.Value, Command(stamp), json));
        }

        var single = new SingleCommand(leads, request.Campaign.Id, named.Value, Command, Added, CommandFaults.LeadsNotFound);
        return await changes.Answer(request.Http, single, request.Key?.Value, request.Deadline);

        LeadCommand Command(RequestStamp stamp) =>
            new() { CampaignId = request.Campaign.Id, Request = stamp, Order = LeadOrder.GivePoints, Points = points };
    }

    private async ValueTask<Fault?> GiveAll(CommandRequest request, NamedLeads named, LeadCommand command, Utf8JsonWriter json)
    {
        var found = await finder.Find(named, request.Deadline);
        if (!found.IsGood) return found.Fault;

        var replies = await Task.WhenAll(found.Value.Ids.Select(
            id => parts.Apply(id, command, request.Key?.Value, request.Deadline)));
        var done = replies.Count(reply => reply.Succeeded);
        var refused = replies.Select(reply => reply.Refusal).OfType<LeadRefusal>()
            .Where(why => why is not LeadRefusal.LeadNotFound).ToList();
        if (refused is [var why, ..])
        {
            return done > 0 || refused.Contains(LeadRefusal.Unknown)
                ? CommandFaults.CutShort(done, replies.Length)
                : KickoffLabsFaults.Of(why);
        }

        if (done == 0) return CommandFaults.LeadsNotFound;
        Messages.Write(json, Added);
        return null;
    }

    private static Fault? ReadPoints(ParameterSet parameters, out int points)
    {
        points = 0;
        if (parameters.Text(Parameter.Points)?.Trim() is not { } text) return CommandFaults.NoPoints;
        var digits = text.AsSpan().TrimStart("+-");
        if (digits.IsEmpty || digits.Length < text.Length - 1 || digits.ContainsAnyExceptInRange('0', '9')) return CommandFaults.NoPoints;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out points)
            && Math.Abs((long)points) <= SignupRules.MaxPoints ? null : CommandFaults.TooManyPoints;
    }
}
