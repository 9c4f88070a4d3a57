using System.Text.Json;

namespace LeadEngine.ApiHost.Dialects.SendKit;

/// <summary>The envelope of the dialect: <c>{"success": true, "data": …}</c>.</summary>
internal static class SendKitAnswer
{
    // Milliseconds and Z, as the vendor writes times.
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    /// <summary>Begins an answer whose data is an object.</summary>
    public static void BeginObject(Utf8JsonWriter json)
    {
        Begin(json);
        json.WriteStartObject("data"u8);
    }

    /// <summary>Begins an answer whose data is a list.</summary>
    public static void BeginList(Utf8JsonWriter json)
    {
        Begin(json);
        json.WriteStartArray("data"u8);
    }

    /// <summary>Ends an answer whose data is an object.</summary>
    public static void EndObject(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Ends an answer whose data is a list.</summary>
    public static void EndList(Utf8JsonWriter json, Pagination pagination)
    {
        json.WriteEndArray();
        pagination.Write(json);
        json.WriteEndObject();
    }

    public static void WriteTime(Utf8JsonWriter json, ReadOnlySpan<byte> name, DateTimeOffset time)
    {
        Span<char> text = stackalloc char["2025-06-10T10:30:00.000Z".Length];
        time.UtcDateTime.TryFormat(text, out var length, TimeFormat, System.Globalization.CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }

    private static void Begin(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteBoolean("success"u8, true);
    }
}

/// <summary>Where a page is in its list.</summary>
internal sealed record Pagination
{
    public required int Limit { get; init; }

    public required long Total { get; init; }

    /// <summary>There are more than <see cref="Total"/>, which is as far as was counted.</summary>
    public bool TotalIsCapped { get; init; }

    /// <summary>What to ask on with; null on the last page.</summary>
    public string? NextCursor { get; init; }

    /// <summary>The number of the page, if it was asked for by number.</summary>
    public int? Page { get; init; }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("pagination"u8);
        json.WriteNumber("limit"u8, Limit);
        json.WriteNumber("total"u8, Total);
        if (TotalIsCapped) json.WriteBoolean("totalIsCapped"u8, true);
        json.WriteBoolean("hasMore"u8, NextCursor is not null);
        json.WriteString("nextCursor"u8, NextCursor);
        if (Page is { } page)
        {
            json.WriteNumber("page"u8, page);
            json.WriteNumber("pages"u8, (Total + Limit - 1) / Limit);
        }

        json.WriteEndObject();
    }
}
