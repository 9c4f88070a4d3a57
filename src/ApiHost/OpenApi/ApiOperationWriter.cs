using System.Globalization;
using System.Net.Mime;
using Microsoft.OpenApi;

namespace LeadEngine.ApiHost.OpenApi;

/// <summary>Turns what is said of a route into OpenAPI.</summary>
internal static class ApiOperationWriter
{
    public static void Describe(OpenApiOperation operation, ApiOperation described)
    {
        operation.OperationId = described.Id;
        operation.Tags = new HashSet<OpenApiTagReference> { new(described.Tag) };
        operation.Summary = described.Summary;
        operation.Description = described.Description;
        foreach (var part in described.PathParts) Add(operation, part, ParameterLocation.Path);
        foreach (var parameter in described.Parameters) Add(operation, parameter, ParameterLocation.Query);
        foreach (var header in described.Headers) Add(operation, header, ParameterLocation.Header);
        if (!described.BodyTypes.IsEmpty) operation.RequestBody = BodyOf(described);
        operation.Responses = [];
        foreach (var answer in described.Answers)
        {
            operation.Responses[answer.Status.ToString(CultureInfo.InvariantCulture)] = ResponseOf(answer);
        }
    }

    private static void Add(OpenApiOperation operation, ApiParameter parameter, ParameterLocation place)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter
        {
            Name = parameter.Name,
            In = place,
            Required = place is ParameterLocation.Path || parameter.IsRequired,
            Description = parameter.Description,
            Schema = SchemaOf(parameter.Type),
        });
    }

    private static OpenApiRequestBody BodyOf(ApiOperation described)
    {
        var schema = ObjectOf([.. described.Parameters, .. described.Members]);
        if (!described.Parameters.IsEmpty) schema.AdditionalProperties = new OpenApiSchema { Description = "A custom field." };
        return new OpenApiRequestBody
        {
            Content = described.BodyTypes.ToDictionary(type => type, _ => new OpenApiMediaType { Schema = schema }),
        };
    }

    private static OpenApiSchema ObjectOf(ApiParameter[] members) => new()
    {
        Type = JsonSchemaType.Object,
        Properties = members.ToDictionary(member => member.Name, SchemaOf),
        Required = members.Where(member => member.IsRequired).Select(member => member.Name).ToHashSet(),
    };

    private static IOpenApiSchema SchemaOf(ApiParameter parameter)
    {
        var schema = parameter switch
        {
            { Members.IsEmpty: true } => SchemaOf(parameter.Type),
            { Type: ApiType.Objects } => new() { Type = JsonSchemaType.Array, Items = ObjectOf([.. parameter.Members]) },
            _ => ObjectOf([.. parameter.Members]),
        };
        schema.Description = parameter.Description;
        return schema;
    }

    private static OpenApiResponse ResponseOf(ApiAnswer answer) => new()
    {
        Description = answer.Description,
        Content = answer.Members.IsEmpty ? null : new Dictionary<string, OpenApiMediaType>
        {
            [MediaTypeNames.Application.Json] = new OpenApiMediaType { Schema = SchemaOf(answer) },
        },
    };

    private static OpenApiSchema SchemaOf(ApiAnswer answer)
    {
        var schema = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = answer.Members.ToDictionary(member => member.Name, SchemaOf),
        };
        return answer.IsList ? new OpenApiSchema { Type = JsonSchemaType.Array, Items = schema } : schema;
    }

    private static IOpenApiSchema SchemaOf(ApiMember member)
    {
        var schema = SchemaOf(member.Type);
        if (member.IsNullable) schema.Type |= JsonSchemaType.Null;
        return schema;
    }

    private static OpenApiSchema SchemaOf(ApiType type) => type switch
    {
        ApiType.Texts => ArrayOf(JsonSchemaType.String),
        ApiType.Integers => ArrayOf(JsonSchemaType.Integer),
        ApiType.Objects => ArrayOf(JsonSchemaType.Object),
        ApiType.Integer => new() { Type = JsonSchemaType.Integer },
        ApiType.Flag => new() { Type = JsonSchemaType.Boolean },
        ApiType.Object => new() { Type = JsonSchemaType.Object },
        ApiType.Any => new() { Type = JsonSchemaType.String | JsonSchemaType.Integer },
        _ => new() { Type = JsonSchemaType.String },
    };

    private static OpenApiSchema ArrayOf(JsonSchemaType items) =>
        new() { Type = JsonSchemaType.Array, Items = new OpenApiSchema { Type = items } };
}
