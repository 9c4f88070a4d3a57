using System.Text.Json;

namespace LeadEngine.Fuzz.Api;

/// <summary>What the API's description says of a value.</summary>
internal sealed record ApiSchema
{
    public static readonly ApiSchema Anything = new();

    /// <summary>The JSON type; empty when it may be any.</summary>
    public string Type { get; init; } = "";

    /// <summary>Whether a parameter has to come.</summary>
    public bool IsRequired { get; init; }

    /// <summary>The members of an object.</summary>
    public IReadOnlyList<(string Name, ApiSchema Schema)> Members { get; init; } = [];

    /// <summary>The members that an object must have.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>What a list holds.</summary>
    public ApiSchema? Items { get; init; }

    /// <summary>The texts that are allowed; none when all are.</summary>
    public IReadOnlyList<string> Allowed { get; init; } = [];

    public static ApiSchema Read(JsonElement schema, JsonElement document)
    {
        if (schema.TryGetProperty("$ref", out var reference)) return Read(Resolve(reference.GetString()!, document), document);
        foreach (var choices in (string[])["oneOf", "anyOf", "allOf"])
        {
            if (schema.TryGetProperty(choices, out var among)) return Read(among.EnumerateArray().First(IsSomething), document);
        }

        return new ApiSchema
        {
            Type = schema.TryGetProperty("type", out var type) ? TypeOf(type) : "",
            Members = schema.TryGetProperty("properties", out var properties)
                ? [.. properties.EnumerateObject().Select(member => (member.Name, Read(member.Value, document)))]
                : [],
            Required = schema.TryGetProperty("required", out var required)
                ? [.. required.EnumerateArray().Select(name => name.GetString()!)]
                : [],
            Items = schema.TryGetProperty("items", out var items) ? Read(items, document) : null,
            Allowed = schema.TryGetProperty("enum", out var allowed) ? [.. allowed.EnumerateArray().Select(value => value.ToString())] : [],
        };
    }

    private static bool IsSomething(JsonElement choice) => !choice.TryGetProperty("type", out var type) || TypeOf(type) != "null";

    private static string TypeOf(JsonElement type) => type.ValueKind is JsonValueKind.Array
        ? type.EnumerateArray().Select(one => one.GetString()!).FirstOrDefault(one => one != "null", "null")
        : type.GetString()!;

    private static JsonElement Resolve(string reference, JsonElement document) =>
        reference.Split('/').Skip(1).Aggregate(document, (found, name) => found.GetProperty(name));
}
