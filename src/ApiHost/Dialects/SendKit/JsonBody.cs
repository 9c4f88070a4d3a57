using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>A body that is one JSON object, held until this is disposed. What its members hold is checked by whoever reads them.</summary>
internal sealed class JsonBody : IDisposable
{
    /// <summary>The longest body of many leads.</summary>
    public const int BulkBytes = 5 * 1024 * 1024;

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = FieldLimits.JsonDepth };

    private readonly RequestBody _body;
    private readonly JsonDocument _document;

    private JsonBody(RequestBody body, JsonDocument document) => (_body, _document) = (body, document);

    public JsonElement Root => _document.RootElement;

    /// <summary>The body as it came.</summary>
    public ReadOnlySpan<byte> Bytes => _body.Bytes.Span;

    /// <summary>Reads a body. None at all is an empty object.</summary>
    public static async ValueTask<Checked<JsonBody>> Read(HttpRequest request, int limit)
    {
        var body = await RequestBody.Read(request, limit);
        if (body is null) return Faults.BodyTooLarge;
        var parsed = Parse(ContentTypes.FormatOf(request.ContentType), body);
        if (!parsed.IsGood) body.Dispose();
        return parsed;
    }

    public void Dispose()
    {
        _document.Dispose();
        _body.Dispose();
    }

    private static Checked<JsonBody> Parse(BodyFormat format, RequestBody body)
    {
        var json = body.Bytes;
        if (format is BodyFormat.None && json.IsEmpty) return new JsonBody(body, JsonDocument.Parse("{}"));
        if (format is not BodyFormat.Json) return Faults.UnsupportedContentType;
        if (json.Span.StartsWith("\uFEFF"u8)) json = json["\uFEFF"u8.Length..];
        if (!JsonText.HasReadableNames(json.Span, FieldLimits.JsonDepth)) return Faults.InvalidJson;
        try
        {
            var document = JsonDocument.Parse(json, Options);
            if (document.RootElement.ValueKind is JsonValueKind.Object) return new JsonBody(body, document);
            document.Dispose();
        }
        catch (JsonException)
        {
            // JsonDocument has no TryParse: an exception is how it says no.
        }

        return Faults.InvalidJson;
    }
}
