using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using LeadEngine.ApiHost.Http;
using LeadEngine.ApiHost.Leads;

namespace LeadEngine.ApiHost.Admin;

/// <summary>Reads the bodies of the administration: one JSON object, without members that mean nothing.</summary>
internal static class AdminBody
{
    public static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
        MaxDepth = FieldLimits.JsonDepth,
    };

    private static readonly JsonDocumentOptions DocumentOptions =
        new() { AllowDuplicateProperties = false, MaxDepth = FieldLimits.JsonDepth };

    public static async Task<Checked<JsonObject>> Read(HttpRequest request)
    {
        if (ContentTypes.FormatOf(request.ContentType) is not BodyFormat.Json) return Faults.UnsupportedContentType;
        using var body = await RequestBody.Read(request, FieldLimits.BodyBytes);
        if (body is null) return Faults.BodyTooLarge;
        if (!JsonText.IsSound(body.Bytes.Span, FieldLimits.JsonDepth)) return Faults.InvalidJson;
        try
        {
            return JsonNode.Parse(body.Bytes.Span, documentOptions: DocumentOptions) as JsonObject is { } json ? json : Faults.InvalidJson;
        }
        catch (JsonException)
        {
            return Faults.InvalidJson; // A member came twice.
        }
    }

    public static async Task<Checked<T>> Read<T>(HttpRequest request) where T : class
    {
        var json = await Read(request);
        return json.IsGood ? Deserialize<T>(json.Value) : json.Fault;
    }

    public static Checked<T> Deserialize<T>(JsonObject json) where T : class
    {
        try
        {
            return json.Deserialize<T>(Options) is { } value ? value : Faults.InvalidJson;
        }
        catch (JsonException mismatch)
        {
            return AdminFaults.Invalid([WhatIsWrong<T>(json, mismatch)]);
        }
    }

    // What the serializer says names types of ours, which mean nothing to whoever sent the body.
    private static FaultDetail WhatIsWrong<T>(JsonObject json, JsonException mismatch)
    {
        var known = Options.GetTypeInfo(typeof(T)).Properties.Select(property => property.Name).ToHashSet();
        if (json.FirstOrDefault(member => !known.Contains(member.Key)).Key is { } unknown)
        {
            return new FaultDetail(unknown, "unknown_member", $"{unknown} is not known here.");
        }

        var name = mismatch.Path?.TrimStart('$', '.') ?? "";
        return name.Length == 0
            ? new FaultDetail(name, "invalid_member", "A required member is missing.")
            : new FaultDetail(name, "invalid_member", name.Contains('.')
                ? $"{name} is not known here, or has a value of the wrong type."
                : $"{name} has a value of the wrong type.");
    }
}
