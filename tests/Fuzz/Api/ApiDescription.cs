using System.Net.Http.Json;
using System.Text.Json;

namespace LeadEngine.Fuzz.Api;

/// <summary>What the engine says of its own API.</summary>
internal static class ApiDescription
{
    public const string Path = "/openapi/v1.json";

    private const string OwnersOnly = "Needs an API key";

    public static async Task<IReadOnlyList<ApiOperation>> Read(HttpClient client) => Read(await client.GetFromJsonAsync<JsonElement>(Path));

    public static IReadOnlyList<ApiOperation> Read(JsonElement document) =>
    [
        .. from path in document.GetProperty("paths").EnumerateObject()
           from operation in path.Value.EnumerateObject()
           where operation.Value.TryGetProperty("responses", out _) // Else it is what all operations of the path share.
           select Read(path.Name, operation.Name.ToUpperInvariant(), operation.Value, document),
    ];

    private static ApiOperation Read(string path, string method, JsonElement operation, JsonElement document)
    {
        var content = operation.TryGetProperty("requestBody", out var body) ? body.GetProperty("content").EnumerateObject().ToList() : [];
        return new ApiOperation
        {
            Method = method,
            Path = path,
            Dialect = Dialects.Of(path),
            PathParts = Parameters(operation, "path", document),
            Query = Parameters(operation, "query", document),
            Headers = Parameters(operation, "header", document),
            Body = content is [var first, ..] ? ApiSchema.Read(first.Value.GetProperty("schema"), document) : null,
            BodyTypes = [.. content.Select(type => type.Name)],
            NeedsKey = operation.TryGetProperty("description", out var said) && said.GetString()!.StartsWith(OwnersOnly, StringComparison.Ordinal),
        };
    }

    private static List<(string Name, ApiSchema Schema)> Parameters(JsonElement operation, string place, JsonElement document) =>
        operation.TryGetProperty("parameters", out var parameters)
            ?
            [
                .. from parameter in parameters.EnumerateArray()
                   where parameter.GetProperty("in").GetString() == place
                   let schema = parameter.TryGetProperty("schema", out var said) ? ApiSchema.Read(said, document) : ApiSchema.Anything
                   let isRequired = parameter.TryGetProperty("required", out var required) && required.GetBoolean()
                   select (parameter.GetProperty("name").GetString()!, schema with { IsRequired = isRequired }),
            ]
            : [];
}
