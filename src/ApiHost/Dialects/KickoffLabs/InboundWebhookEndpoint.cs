using System.Globalization;
using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.KickoffLabs;

/// <summary>Makes addresses to which other systems post leads.</summary>
internal sealed class InboundWebhookEndpoint(PublicAddress address, RepeatableAnswers answers)
{
    public const string Path = "/v2/inbound-webhook";

    private const string DefaultName = "Inbound via API";
    private const int MaxNameLength = 255;

    public async ValueTask<Fault?> Create(CommandRequest request)
    {
        if (request.Key is { IsGood: false } wrongKey) return wrongKey.Fault;
        var name = ReadName(request.Parameters, Parameter.Name);
        var source = ReadName(request.Parameters, Parameter.WebhookSource);
        var tagId = ReadTag(request);
        if (request.Parameters.Problems.ToFault() is { } fault) return fault;

        var link = new InboundLink(request.Campaign.Id, tagId, source ?? name ?? DefaultName);
        var code = request.Keys.InboundLinks.Create(link, request.Campaign.Settings.WithdrawnInboundWebhooks);
        return await answers.Answer(request.Http, StatusCodes.Status200OK, request.Key?.Value, Write);

        ValueTask<Fault?> Write(RequestStamp stamp, Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteString("message"u8, "Inbound Webhook Created"u8);
            json.WriteString("url"u8, $"{address.Of(request.Http.Request)}{Path}/{code}");
            json.WriteEndObject();
            return default;
        }
    }

    private static string? ReadName(ParameterSet parameters, Parameter parameter)
    {
        var text = parameters.Text(parameter);
        if (text?.Length > MaxNameLength)
        {
            parameters.Problems.Add(parameter, "value_too_long", $"is longer than {MaxNameLength} characters");
        }

        return text;
    }

    // A tag that is unknown is passed over, as the vendor does.
    private static long ReadTag(CommandRequest request) =>
        long.TryParse(request.Parameters.Text(Parameter.TagId), NumberStyles.None, CultureInfo.InvariantCulture, out var id)
        && request.Campaign.Settings.Tags.Any(tag => tag.Id == id) ? id : 0;
}
