using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Idempotency;
using LeadEngine.Leads;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>Does what a body asks for, and writes the answer.</summary>
/// <param name="body">The body: a JSON object.</param>
/// <param name="stamp">The request.</param>
/// <param name="json">Where the answer goes.</param>
/// <returns>The fault to answer with instead; null when it succeeded.</returns>
internal delegate ValueTask<Fault?> SendKitChange(JsonElement body, RequestStamp stamp, Utf8JsonWriter json);

/// <summary>Reads the bodies of requests that change something, and answers them: once under an idempotency key.</summary>
internal sealed class SendKitChanges(RepeatableAnswers answers)
{
    /// <param name="request">The request.</param>
    /// <param name="limit">How many bytes its body may have.</param>
    /// <param name="status">The status of its success.</param>
    /// <param name="change">Does it.</param>
    public async ValueTask<Fault?> Answer(SendKitRequest request, int limit, int status, SendKitChange change)
    {
        var read = await JsonBody.Read(request.Http.Request, limit);
        if (!read.IsGood) return read.Fault;

        using var body = read.Value;
        var key = IdempotencyKey.Read(request.Http.Request, request.Workspace.Grant, campaignId: 0, body.Bytes);
        if (key is { IsGood: false }) return key.Value.Fault;
        return await answers.Answer(request.Http, status, key?.Value, (stamp, json) => change(body.Root, stamp, json));
    }
}
