using System.Text.Json;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;

namespace LeadEngine.ApiHost.Dialects.Aktify;

/// <summary>Reads bodies: one JSON object, in which no member comes twice.</summary>
internal static class AktifyBody
{
    private static readonly JsonDocumentOptions Options = new() { AllowDuplicateProperties = false, MaxDepth = FieldLimits.JsonDepth };

    /// <returns>The document, good as long as the body is.</returns>
    public static Checked<JsonDocument> Parse(string? contentType, ReadOnlyMemory<byte> body)
    {
        if (ContentTypes.FormatOf(contentType) is not BodyFormat.Json) return Faults.UnsupportedContentType;
        if (!JsonText.IsReadable(body.Span, FieldLimits.JsonDepth)) return Faults.InvalidJson;
        try
        {
            var document = JsonDocument.Parse(body, Options);
            if (document.RootElement.ValueKind is JsonValueKind.Object) return document;
            document.Dispose();
        }
        catch (JsonException)
        {
            // A member came twice.
        }

        return Faults.InvalidJson;
    }
}
