using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace LeadEngine.ApiHost.Http;

/// <summary>The text fields of a <c>multipart/form-data</c> body.</summary>
internal static class MultipartFields
{
    private const int MaxBoundaryLength = 128;

    /// <summary>
    /// Reads the fields, in order. A file is no field, and its content is refused; a file input left empty is passed over.
    /// </summary>
    /// <returns>Null when the body is no such form.</returns>
    public static async Task<List<KeyValuePair<string, string>>?> Read(
        string contentType, ReadOnlyMemory<byte> body, CancellationToken cancel)
    {
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(contentType).Boundary).ToString();
        if (boundary.Length is 0 or > MaxBoundaryLength) return null;

        List<KeyValuePair<string, string>> fields = [];
        try
        {
            var reader = new MultipartReader(boundary, new MemoryStream(body.ToArray(), writable: false));
            while (await reader.ReadNextSectionAsync(cancel) is { } section)
            {
                if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)) return null;
                var name = HeaderUtilities.RemoveQuotes(disposition.Name).ToString();
                using var content = new MemoryStream();
                await section.Body.CopyToAsync(content, cancel);
                var bytes = content.GetBuffer().AsSpan(0, (int)content.Length);
                if (disposition.FileName.HasValue || disposition.FileNameStar.HasValue)
                {
                    if (bytes.IsEmpty) continue;
                    return null;
                }

                if (!Utf8.IsValid(bytes)) return null;
                fields.Add(new(name, Encoding.UTF8.GetString(bytes)));
            }
        }
        catch (Exception malformed) when (malformed is InvalidDataException or IOException)
        {
            return null;
        }

        return fields;
    }
}
