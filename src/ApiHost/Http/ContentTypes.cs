using System.Net.Mime;
using Microsoft.Net.Http.Headers;

namespace LeadEngine.ApiHost.Http;

/// <summary>In which form a body came.</summary>
internal enum BodyFormat
{
    None,
    Json,
    Form,
    Multipart,
    Unsupported,
}

/// <summary>Content types that are read and written.</summary>
internal static class ContentTypes
{
    public const string Json = "application/json; charset=utf-8";

    /// <summary>The form that a request's content type promises.</summary>
    public static BodyFormat FormatOf(string? contentType)
    {
        if (string.IsNullOrEmpty(contentType)) return BodyFormat.None;
        if (contentType == MediaTypeNames.Application.Json) return BodyFormat.Json;
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || !IsUtf8(type)) return BodyFormat.Unsupported;

        if (type.MediaType.Equals(MediaTypeNames.Application.Json, StringComparison.OrdinalIgnoreCase)) return BodyFormat.Json;
        if (type.Suffix.Equals("json", StringComparison.OrdinalIgnoreCase)) return BodyFormat.Json;
        if (type.MediaType.Equals(MediaTypeNames.Application.FormUrlEncoded, StringComparison.OrdinalIgnoreCase)) return BodyFormat.Form;
        return type.MediaType.Equals(MediaTypeNames.Multipart.FormData, StringComparison.OrdinalIgnoreCase)
            ? BodyFormat.Multipart
            : BodyFormat.Unsupported;
    }

    private static bool IsUtf8(MediaTypeHeaderValue type) =>
        !type.Charset.HasValue
        || HeaderUtilities.RemoveQuotes(type.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase)
        || HeaderUtilities.RemoveQuotes(type.Charset).Equals("us-ascii", StringComparison.OrdinalIgnoreCase);
}
